import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { toTimeZoneName } from '../time-zone-name.js';

/** The name of an IANA time zone, made right in its case. */
export function IsTimeZoneName(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }): unknown => (typeof value === 'string' ? (toTimeZoneName(value) ?? value) : value)),
    ValidateBy({
      name: 'isTimeZoneName',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && toTimeZoneName(value) !== null,
        defaultMessage: (argument) => `${argument?.property} must be the name of an IANA time zone`,
      },
    }),
  );
}
