import { applyDecorators } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { ValidateBy } from 'class-validator';
import { isUuid } from '../../platform/http/id.pipe.js';

/** One of our ids, in the case in which we write them. */
export function IsId(): PropertyDecorator {
  return applyDecorators(
    Transform(({ value }): unknown => (isUuid(value) ? value.toLowerCase() : value)),
    ValidateBy({
      name: 'isId',
      validator: {
        validate: isUuid,
        defaultMessage: (argument) => `${argument?.property} must be a UUID`,
      },
    }),
  );
}
