import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { routeNotFound } from '../errors/platform.problems.js';
import { Problem } from '../errors/problem.js';
import { PageFiles } from './page-files.js';
import { TrialConfig } from './trial.config.js';

/** Answers with a file of the trial page, where that is served. */
@Injectable()
export class TrialPages {
  constructor(
    private readonly files: PageFiles,
    private readonly config: TrialConfig,
  ) {}

  async send(
    name: string,
    request: FastifyRequest,
    reply: FastifyReply,
    // Kept by the browser, and asked about each time: the page changes with the server.
    caching: 'no-cache' | 'no-store' = 'no-cache',
  ): Promise<void> {
    const file = this.config.servesPage ? await this.files.find(name) : null;
    if (file === null) throw new Problem(routeNotFound);
    void reply.header('cache-control', caching).header('etag', file.tag);
    if (request.headers['if-none-match']?.includes(file.tag)) await reply.status(304).send();
    else await reply.type(file.type).send(file.content);
  }
}
