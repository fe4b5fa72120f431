import { z } from 'zod';
import { badState } from './api-error.js';

const stateSchema = z.object({
  accessToken: z.string().min(1),
  origin: z.string(),
  redir: z.string().optional(),
  isDryRun: z.union([z.boolean(), z.enum(['true', 'false']).transform((value) => value === 'true')]).optional(),
});

/** What travels to the provider and back (contract 6.2). The access token in it is all that `save` goes by. */
export type CalendarState = z.output<typeof stateSchema>;

export function writeState(state: CalendarState): string {
  return JSON.stringify(state);
}

/** As JSON, or as the query string of older days. */
export function readState(text: string): CalendarState {
  const outcome = stateSchema.safeParse(parse(text));
  if (!outcome.success) throw badState('Invalid state');
  return outcome.data;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return Object.fromEntries(new URLSearchParams(text));
  }
}
