import { DateTime } from 'luxon';
import type { Window } from './entries.js';
import { GraphError } from './graph-error.js';

const invalid = (message: string) => new GraphError(400, 'ErrorInvalidParameter', message);

/**
 * `startDateTime` and `endDateTime`: an offset in the value counts, none is UTC, whatever zone the answer is in
 * (contract 7). A plus sign that was not encoded arrives as a blank, and is no date.
 */
export function readWindow(query: URLSearchParams): Window {
  const from = readInstant(query, 'startDateTime');
  const to = readInstant(query, 'endDateTime');
  if (to < from) throw invalid('The end of the time window must not be before its start.');
  return { from, to };
}

function readInstant(query: URLSearchParams, name: string): number {
  const text = query.get(name);
  if (text === null || text === '') {
    throw invalid(
      'This request requires a time window specified by the query string parameters StartDateTime and EndDateTime.',
    );
  }
  const instant = DateTime.fromISO(text, { zone: 'utc' });
  if (!instant.isValid || !/^\d{4}-\d{2}-\d{2}/.test(text)) throw invalid(`The value '${text}' of ${name} is no date.`);
  return instant.toMillis();
}
