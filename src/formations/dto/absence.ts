import { Transform } from 'class-transformer';
import { ValidateIf } from 'class-validator';

/** Forms send an empty text for a field that was left empty. */
export const EmptyAsNull = (): PropertyDecorator =>
  Transform(({ value }): unknown => (typeof value === 'string' && value.trim() === '' ? null : value));

/** May be left out, but not be null. */
export const MayBeAbsent = (): PropertyDecorator => ValidateIf((_, value) => value !== undefined);
