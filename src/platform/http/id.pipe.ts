import { Injectable, type PipeTransform } from '@nestjs/common';
import { requestInvalid } from '../errors/platform.problems.js';
import { Problem } from '../errors/problem.js';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

export function isUuid(value: unknown): value is string {
  return typeof value === 'string' && UUID.test(value);
}

/** A path parameter that is one of our ids; anything else is refused before it reaches a query. */
@Injectable()
export class IdPipe implements PipeTransform<string, string> {
  transform(value: string): string {
    if (!isUuid(value)) {
      throw new Problem(requestInvalid, {
        detail: { fr: 'L’identifiant n’est pas un UUID.', en: 'The id is not a UUID.' },
      });
    }
    return value.toLowerCase();
  }
}
