import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsDate, MaxDate, MinDate } from 'class-validator';
import { DateTime } from 'luxon';

const WITH_ZONE = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?(?:Z|[+-]\d\d:\d\d)$/;

/** An ISO 8601 moment with its zone, as a `Date`. JavaScript alone would take 30 February for a day in March. */
export function IsInstant(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }) => toInstant(value)),
    IsDate({ message: ({ property }) => `${property} must be an ISO 8601 time with a zone` }),
    MinDate(new Date('1970-01-01')),
    MaxDate(new Date('2200-01-01')),
  );
}

function toInstant(value: unknown): unknown {
  if (typeof value !== 'string' || !WITH_ZONE.test(value)) return value;
  const read = DateTime.fromISO(value);
  return read.isValid ? read.toJSDate() : value;
}
