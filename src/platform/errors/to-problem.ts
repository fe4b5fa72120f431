import { HttpException } from '@nestjs/common';
import { isStorageFailure } from '../database/storage-failure.js';
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
import { Problem } from './problem.js';

/** What a client may know of whatever was thrown. */
export function toProblem(thrown: unknown): Problem {
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

function isBodyFault(thrown: unknown): boolean {
  const { code } = thrown as { code?: unknown };
  return typeof code === 'string' && code.startsWith('FST_ERR_CTP');
}
