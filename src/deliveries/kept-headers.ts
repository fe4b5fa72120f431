import type { RawDelivery } from '../bookings/index.js';

/** Longer than any seal or name of a program. */
const LONGEST = 2_000;

export function keepHeaders(headers: RawDelivery['headers'], names: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    names.flatMap((name) => {
      const value = headers[name];
      return typeof value === 'string' ? [[name, value.slice(0, LONGEST)]] : [];
    }),
  );
}
