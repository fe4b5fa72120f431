import { ValidateBy, type ValidationOptions } from 'class-validator';
import { toEmailKey } from '../email-key.js';

/** Exactly one address, without a display name, a quoted part or anything that could be read as a second recipient. */
export function IsMailbox(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isMailbox',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && toEmailKey(value) !== null,
        defaultMessage: (argument) => `${argument?.property} must be one e-mail address`,
      },
    },
    options,
  );
}
