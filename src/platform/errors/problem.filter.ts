import { ArgumentsHost, Catch, type ExceptionFilter, HttpException } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { isStorageFailure } from '../database/storage-failure.js';
import type { KnownRoutes } from '../http/known-routes.js';
import { EventLog } from '../logging/event-log.js';
import {
  bodyMalformed,
  bodyTooLarge,
  mediaTypeUnsupported,
  methodNotAllowed,
  requestInvalid,
  routeNotFound,
  storageUnavailable,
  unexpectedFailure,
} from './platform.problems.js';
import { sendProblem } from './problem.answer.js';
import { Problem } from './problem.js';
import { STATUS_OF } from './problem-status.js';

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

function toProblem(thrown: unknown): Problem {
  if (thrown instanceof Problem) return thrown;
  if (isStorageFailure(thrown)) return new Problem(storageUnavailable, { cause: thrown, retryAfterSeconds: 5 });
  const status =
    thrown instanceof HttpException ? thrown.getStatus() : (thrown as { statusCode?: unknown })?.statusCode;
  switch (status) {
    case 400:
      return new Problem(isBodyFault(thrown) ? bodyMalformed : requestInvalid, { cause: thrown });
    case 404:
      return new Problem(routeNotFound, { cause: thrown });
    case 405:
      return new Problem(methodNotAllowed, { cause: thrown });
    case 413:
      return new Problem(bodyTooLarge, { cause: thrown });
    case 415:
      return new Problem(mediaTypeUnsupported, { cause: thrown });
    case 503:
      return new Problem(storageUnavailable, { cause: thrown, retryAfterSeconds: 5 });
    default:
      return new Problem(typeof status === 'number' && status < 500 ? requestInvalid : unexpectedFailure, {
        cause: thrown,
      });
  }
}

/** Nest's own answer to an address that no route has; a row that was not found is a `Problem`. */
function isRouteUnknown(thrown: unknown): boolean {
  return thrown instanceof HttpException && thrown.getStatus() === 404;
}

function isBodyFault(thrown: unknown): boolean {
  const { code } = thrown as { code?: unknown };
  return typeof code === 'string' && code.startsWith('FST_ERR_CTP');
}
