import { ValidateBy, type ValidationOptions } from 'class-validator';

export interface CleanTextOptions {
  max: number;
  min?: number;
  /** Line breaks and tabs allowed. */
  multiline?: boolean;
}

/**
 * A string PostgreSQL can store and a person can read: no NUL (refused by PostgreSQL), no lone surrogate (not valid
 * UTF-8), no control character, at most `max` characters.
 */
export function IsCleanText({ max, min = 0, multiline = false }: CleanTextOptions, options?: ValidationOptions) {
  return ValidateBy(
    {
      name: 'isCleanText',
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' &&
          isCleanText(value, multiline) &&
          value.length <= max &&
          value.trim().length >= min,
        defaultMessage: (argument) =>
          `${argument?.property} must be a text of ${min} to ${max} characters without control characters`,
      },
    },
    options,
  );
}

export function isCleanText(value: string, multiline = false): boolean {
  // oxlint-disable-next-line no-control-regex -- control characters are exactly what is looked for
  return value.isWellFormed() && !(multiline ? /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/ : /[\0-\x1f\x7f]/).test(value);
}
