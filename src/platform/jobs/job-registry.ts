import { Injectable } from '@nestjs/common';
import { DiscoveryService, Reflector } from '@nestjs/core';
import { JOB_TERMS, type JobHandler, type JobTerms } from './job-handler.js';

export interface RegisteredJob {
  readonly terms: JobTerms;
  readonly handler: JobHandler;
}

/** The handlers of this application, found by their decorator. */
@Injectable()
export class JobRegistry {
  private found: ReadonlyMap<string, RegisteredJob> | undefined;

  constructor(
    private readonly discovery: DiscoveryService,
    private readonly reflector: Reflector,
  ) {}

  /** By task name. The first call looks around, and throws when two classes claim one name or one cannot run. */
  get all(): ReadonlyMap<string, RegisteredJob> {
    return (this.found ??= this.discover());
  }

  get(task: string): RegisteredJob {
    const job = this.all.get(task);
    if (job === undefined) throw new Error(`No handler is registered for the task "${task}"`);
    return job;
  }

  private discover(): ReadonlyMap<string, RegisteredJob> {
    const jobs = new Map<string, RegisteredJob>();
    for (const { metatype, instance, name } of this.discovery.getProviders()) {
      const terms = metatype && this.reflector.get<JobTerms | undefined>(JOB_TERMS, metatype);
      if (!terms) continue;
      const handler = instance as JobHandler | undefined;
      if (typeof handler?.run !== 'function') {
        throw new Error(
          `${name} is declared as the handler of "${terms.task}" and cannot run: it must be a singleton with a run method`,
        );
      }
      const other = jobs.get(terms.task);
      if (other !== undefined) {
        throw new Error(`The task "${terms.task}" has two handlers: ${other.handler.constructor.name} and ${name}`);
      }
      jobs.set(terms.task, { terms, handler });
    }
    return jobs;
  }
}
