import { ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { KnownRoutes } from '../http/known-routes.js';
import { EventLog } from '../logging/event-log.js';
import { methodNotAllowed } from './platform.problems.js';
import { sendProblem } from './problem.answer.js';
import { Problem } from './problem.js';
import { STATUS_OF } from './problem-status.js';
import { toProblem } from './to-problem.js';

/** Turns whatever was thrown into `application/problem+json`. Nothing of the original's text reaches the client. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    private readonly log: EventLog,
    private readonly routes: KnownRoutes,
  ) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    if (host.getType() !== 'http') throw thrown;
    const http = host.switchToHttp();
    this.answer(thrown, http.getRequest<FastifyRequest>(), http.getResponse<FastifyReply>());
  }

  private answer(thrown: unknown, request: FastifyRequest, reply: FastifyReply): void {
    const allowed = isRouteUnknown(thrown) ? this.routes.allowedMethods(request.url) : [];
    // A folder of files has a route for every name, and yet not every file.
    const isWrongMethod = allowed.length > 0 && !allowed.includes(request.method);
    const problem = isWrongMethod ? new Problem(methodNotAllowed) : toProblem(thrown);
    const status = STATUS_OF[problem.definition.kind];
    if (status >= 500) this.log.failure('request.failed', thrown, { route: request.routeOptions?.url, status });
    if (reply.sent) return;

    if (isWrongMethod) void reply.header('allow', allowed.join(', '));
    sendProblem(problem, request, reply);
  }
}

/** Nest's own answer to an address that no route has; a row that was not found is a `Problem`. */
function isRouteUnknown(thrown: unknown): boolean {
  return thrown instanceof HttpException && thrown.getStatus() === 404;
}
