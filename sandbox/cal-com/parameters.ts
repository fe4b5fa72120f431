import { z } from 'zod';
import { badRequest } from './api-error.js';

/** Fields that no endpoint lists are let through and forgotten, as the real service does. */
export function readInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const outcome = schema.safeParse(value ?? {});
  if (outcome.success) return outcome.data;
  const issue = outcome.error.issues[0];
  const path = issue?.path.map(String).join('.') ?? '';
  throw badRequest(`${path === '' ? 'body' : path} ${issue?.message ?? 'is not valid'}`);
}

const dateText = /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:\d{2})?)?$/;

export const text = z.string({ error: (issue) => (issue.input === undefined ? 'is missing' : 'must be a string') });
export const filled = text.min(1, 'must not be empty');
export const emailAddress = text.regex(/^[^\s@]+@[^\s@.]+(\.[^\s@.]+)+$/, 'must be an email');
export const flag = z.boolean('must be a boolean');
export const integer = z.int({ error: (issue) => (issue.input === undefined ? 'is missing' : 'must be an integer') });

/** A date or an instant. Without a zone it is UTC, as the API speaks UTC throughout. */
export const instant = text
  .refine((value) => dateText.test(value) && !Number.isNaN(Date.parse(value)), 'must be a valid ISO 8601 date string')
  .transform((value) => new Date(/T.*(Z|[+-]\d{2}:\d{2})$/.test(value) ? value : `${withTime(value)}Z`));

/** Bookings take nothing but UTC (contract 7). */
export const utcInstant = text
  .refine((value) => /^\d{4}-\d{2}-\d{2}T[\d:.]+Z$/.test(value) && !Number.isNaN(Date.parse(value)), 'must be in UTC')
  .transform((value) => new Date(value));

export const timeZone = text.refine(isTimeZone, 'must be an IANA time zone');

/** Query values arrive as text. */
export const digits = text.regex(/^\d+$/, 'must be a number').transform(Number);
export const list = text.transform((value) => value.split(',').filter((item) => item !== ''));
export const numbers = text
  .regex(/^\d+(,\d+)*$/, 'must be numbers separated by commas')
  .transform((value) => value.split(',').map(Number));
export const direction = z.enum(['asc', 'desc'], 'must be asc or desc');

/** Fifty keys, names of forty characters, values of five hundred (contract 4). */
export const metadata = z
  .record(z.string(), z.union([z.string().max(500, 'has a value above 500 characters'), z.number(), z.boolean()]))
  .refine((value) => Object.keys(value).length <= 50, 'has more than 50 keys')
  .refine((value) => Object.keys(value).every((key) => key.length <= 40), 'has a name above 40 characters');

const languages =
  'ar ca de es eu he id ja lv pl ro sr th vi az cs el es-419 fi hr it km nl pt ru sv tr zh-CN bg da en et fr hu iw ko no pt-BR sk ta uk zh-TW bn';
export const language = z.enum(languages.split(' ') as [string, ...string[]], 'is not a language of Cal.com');

function withTime(value: string): string {
  return value.includes('T') ? value : `${value}T00:00:00`;
}

function isTimeZone(value: string): boolean {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: value }).resolvedOptions().timeZone !== '' && value.length > 2;
  } catch {
    return false;
  }
}
