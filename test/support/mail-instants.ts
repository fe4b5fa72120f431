import { DateTime } from 'luxon';

/** Twenty clocks: both hemispheres, quarters of an hour, and some that never change. */
export const ZONES: readonly string[] = [
  'Europe/Paris',
  'Europe/London',
  'Europe/Dublin',
  'Europe/Lisbon',
  'Europe/Moscow',
  'America/New_York',
  'America/Vancouver',
  'America/Sao_Paulo',
  'America/St_Johns',
  'America/Phoenix',
  'America/Santiago',
  'Africa/Casablanca',
  'Africa/Cairo',
  'Asia/Tokyo',
  'Asia/Kolkata',
  'Asia/Kathmandu',
  'Asia/Tehran',
  'Australia/Sydney',
  'Australia/Lord_Howe',
  'Pacific/Chatham',
];

/** Fifty instants, each a quarter of an hour to either side of where some clock on the list changes. */
export const INSTANTS: readonly Date[] = [
  '2025-10-26T01:00:00Z',
  '2026-03-29T01:00:00Z',
  '2026-10-25T01:00:00Z',
  '2025-11-02T06:00:00Z',
  '2026-03-08T07:00:00Z',
  '2026-04-04T16:00:00Z',
  '2026-10-03T16:00:00Z',
  '2026-04-04T15:00:00Z',
  '2026-10-03T15:30:00Z',
  '2026-04-23T22:00:00Z',
].flatMap((change) => [-50, -10, 0, 15, 40].map((minutes) => new Date(new Date(change).getTime() + minutes * 60_000)));

/** One hour as a mail tells it, with the offset where the clock shows that hour twice. */
export interface ToldHour {
  /** `15/11/2025 à 15:00` */
  text: string;
  /** `UTC+1` */
  offset: string | undefined;
}

/** Beginning and end as a mail tells them: `15/11/2025 à 15:00 - 15:30`. Null when the text tells none. */
export function readSlot(text: string): { start: ToldHour; end: ToldHour } | null {
  const found =
    /(\d\d\/\d\d\/\d{4}) à (\d\d:\d\d)(?: \((UTC[^)]*)\))? - (?:(\d\d\/\d\d\/\d{4}) à )?(\d\d:\d\d)(?: \((UTC[^)]*)\))?/.exec(
      text,
    );
  if (found === null) return null;
  const [, day = '', start = '', startOffset, endDay = day, end = '', endOffset] = found;
  return {
    start: { text: `${day} à ${start}`, offset: startOffset },
    end: { text: `${endDay} à ${end}`, offset: endOffset },
  };
}

/** The hour at the end of a subject. */
export function readSubject(subject: string): ToldHour | null {
  const [, text, offset] = /(\d\d\/\d\d\/\d{4} à \d\d:\d\d)(?: \((UTC[^)]*)\))?$/.exec(subject) ?? [];
  return text === undefined ? null : { text, offset };
}

/** Every instant that the words can mean, for a person with a map of zones: one, when they are well chosen. */
export function instantsMeant({ text, offset }: ToldHour, zone: string): number[] {
  const candidates = DateTime.fromFormat(text, "dd/MM/yyyy 'à' HH:mm", { zone }).getPossibleOffsets();
  const meant = offset === undefined ? candidates : candidates.filter((one) => one.offset === minutesOf(offset));
  return meant.map((one) => one.toMillis());
}

function minutesOf(offset: string): number {
  const [, sign = '+', hours = '0', minutes = '0'] = /^UTC(?:([+-])(\d+)(?::(\d+))?)?$/.exec(offset) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}
