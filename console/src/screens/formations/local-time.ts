const clocks = new Map<string, Intl.DateTimeFormat>();

/** Making one costs more than all that is read from it. */
function clockIn(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const clock = new Intl.DateTimeFormat('en-CA', {
    timeZone: zone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  clocks.set(zone, clock);
  return clock;
}

/** "2026-03-10T09:00": the instant as a clock in that zone shows it, for an input of the browser. */
export function toLocalTime(instant: string, zone: string): string {
  const parts = clockIn(zone).formatToParts(new Date(instant));
  const of = (type: Intl.DateTimeFormatPartTypes) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
}

/** An hour later by the same clock: what most people mean when they have only told the begin. */
export function anHourAfter(localTime: string): string {
  const at = new Date(`${localTime}:00Z`);
  return Number.isNaN(at.getTime()) ? '' : new Date(at.getTime() + 3_600_000).toISOString().slice(0, 16);
}
