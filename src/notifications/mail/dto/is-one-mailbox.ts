import { ValidateBy, type ValidationOptions } from 'class-validator';
import { toMailbox } from '../mailbox.js';

/** Exactly one address that every mail server takes: no name beside it, no second one, nothing that ends a line. */
export function IsOneMailbox(options?: ValidationOptions): PropertyDecorator {
  return ValidateBy(
    {
      name: 'isOneMailbox',
      validator: {
        validate: (value: unknown) => typeof value === 'string' && toMailbox(value) !== null,
        defaultMessage: (argument) => `${argument?.property} must be one e-mail address each`,
      },
    },
    options,
  );
}
