import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { toMoment } from '../moment-text.js';

/** An instant, or a day for the midnight at which it begins in UTC; a `Date` from then on. */
export function IsInstant(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }): unknown => (typeof value === 'string' ? (toInstant(value) ?? value) : value)),
    ValidateBy({
      name: 'isInstant',
      validator: {
        validate: (value: unknown) => value instanceof Date,
        defaultMessage: (argument) => `${argument?.property} must be an ISO 8601 instant or day`,
      },
    }),
  );
}

function toInstant(text: string): Date | null {
  const moment = toMoment(/^\d{4}-\d\d-\d\d$/.test(text) ? `${text}T00:00:00Z` : text);
  return moment?.kind === 'instant' ? moment.at : null;
}
