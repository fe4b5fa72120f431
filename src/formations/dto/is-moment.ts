import { ValidateBy, type ValidationOptions } from 'class-validator';
import { FIRST_YEAR, LAST_YEAR, toMoment } from '../moment-text.js';

/** A date and time of a day that exists, with an offset or without. */
export function IsMoment(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isMoment',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && toMoment(value) !== null,
        defaultMessage: (argument) =>
          `${argument?.property} must be an ISO 8601 date and time between ${FIRST_YEAR} and ${LAST_YEAR}`,
      },
    },
    options,
  );
}
