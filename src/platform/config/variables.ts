import { z } from 'zod';

// The kinds of values an environment variable can hold. Messages name the expectation and never the value found.

export const text = () => z.string({ error: 'is required' });

export const httpUrl = () =>
  z
    .string()
    .refine((value) => isHttpUrl(value), { error: 'must be an absolute http(s) address without a fragment' })
    // Addresses are joined with paths that begin with a slash.
    .transform((value) => value.replace(/\/+$/, ''));

export const wholeNumber = (minimum: number, maximum: number) =>
  z
    .string()
    .refine((value) => /^\d+$/.test(value) && Number(value) >= minimum && Number(value) <= maximum, {
      error: `must be a whole number from ${minimum} to ${maximum}`,
    })
    .transform(Number);

/** Parsed by hand: a lenient conversion would read "false" as true. */
export const flag = () =>
  z.enum(['true', 'false'], { error: 'must be true or false' }).transform((value) => value === 'true');

export const oneOf = <const Values extends readonly [string, ...string[]]>(...values: Values) =>
  z.enum(values, { error: `must be one of ${values.join(', ')}` });

export const list = () =>
  z.string().transform((value) =>
    value
      .split(',')
      .map((item) => item.trim())
      .filter((item) => item !== ''),
  );

export const keyDigits = () =>
  z.string().refine((value) => /^[0-9a-f]{64}$/i.test(value), { error: 'must be 64 hexadecimal digits (32 bytes)' });

export function isHttpUrl(value: string): boolean {
  if (!URL.canParse(value)) return false;
  const url = new URL(value);
  return (url.protocol === 'http:' || url.protocol === 'https:') && url.hash === '';
}
