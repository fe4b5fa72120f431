import type { Range } from './agenda.queries';

const DAY_MS = 24 * 3_600_000;

/** The first change of the clock within a range, if there is one: what stands around it looks shifted, and is not. */
export function clockChangeIn({ from, to }: Range, zone: string): { at: Date; isForward: boolean } | null {
  const end = Date.parse(to);
  for (let at = Date.parse(from); at < end; at += DAY_MS) {
    const before = offsetMinutes(new Date(at), zone);
    const after = offsetMinutes(new Date(at + DAY_MS), zone);
    // The day on which it happens: its end has the new offset, its begin the old one.
    if (before !== after) return { at: new Date(at + DAY_MS / 2), isForward: after > before };
  }
  return null;
}

/** "GMT+05:30" → 330 */
function offsetMinutes(at: Date, zone: string): number {
  const parts = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' }).formatToParts(at);
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const match = /([+-])(\d{2}):(\d{2})/.exec(name);
  if (match === null) return 0;
  const minutes = Number(match[2]) * 60 + Number(match[3]);
  return match[1] === '-' ? -minutes : minutes;
}
