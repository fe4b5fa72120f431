import { z } from 'zod';
import { invalid, invalidAll } from './api-error.js';
import type { Collection, Links } from './links.js';

const utcTime = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?Z$/;

/** Query parameters arrive as text; one given twice arrives as a list and is refused like any other non-text. */
export const text = z.string({ error: (issue) => (issue.input === undefined ? 'is missing' : 'must be a string') });
export const uri = text.refine((value) => URL.canParse(value), 'must be a valid URI');
export const flag = z.enum(['true', 'false'], 'must be true or false').transform((value) => value === 'true');
export const bookingStatus = z.enum(['active', 'canceled'], 'must be one of active, canceled');
export const time = text
  .refine((value) => utcTime.test(value) && !Number.isNaN(Date.parse(value)), 'must be a UTC time in ISO 8601')
  .transform((value) => new Date(value));

export function sortBy(field: string) {
  return z
    .enum([`${field}:asc`, `${field}:desc`], `must be ${field}:asc or ${field}:desc`)
    .transform((value): Direction => (value.endsWith(':desc') ? 'desc' : 'asc'));
}

export type Direction = 'asc' | 'desc';

/** Parameters that no endpoint lists are let through, as the real service does. */
export function readParameters<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const outcome = schema.safeParse(value);
  if (outcome.success) return outcome.data;
  throw invalidAll(
    outcome.error.issues.map((issue) => ({ parameter: issue.path.map(String).join('.'), message: issue.message })),
  );
}

/** The id in a URI given as parameter. A well-formed URI of something else is the caller's mistake. */
export function readReference(links: Links, collection: Collection, parameter: string, value: string): string {
  const id = links.findId(collection, value);
  if (id === null) throw invalid(parameter, `must be the URI of one of ${collection}`);
  return id;
}
