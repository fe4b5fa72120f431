import type { RawDelivery } from '../bookings/index.js';

/** Longer than any seal or name of a program. */
const LONGEST = 2_000;

export function keepHeaders(headers: RawDelivery['headers'], names: readonly string[]): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const name of names) {
    const value = headers[name];
    if (typeof value === 'string') kept[name] = value.slice(0, LONGEST);
  }
  return kept;
}
