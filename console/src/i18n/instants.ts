import type { Language } from './i18n';

// Dates as people of either language write them: 16/01/2026 16:30, always with the zone at hand.
const LOCALES: Record<Language, string> = { fr: 'fr-FR', en: 'en-GB' };

const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(language: Language, zone: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const key = `${language} ${zone} ${JSON.stringify(options)}`;
  let format = formats.get(key);
  if (format === undefined) {
    format = new Intl.DateTimeFormat(LOCALES[language], { ...options, timeZone: zone });
    formats.set(key, format);
  }
  return format;
}

const DAY = { day: '2-digit', month: '2-digit', year: 'numeric' } as const;
const HOUR = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;

export interface Telling {
  readonly language: Language;
  readonly zone: string;
}

export function toDayAndHour(at: Date, { language, zone }: Telling): string {
  return `${formatOf(language, zone, DAY).format(at)} ${formatOf(language, zone, HOUR).format(at)}`;
}

export function toDay(at: Date, { language, zone }: Telling): string {
  return formatOf(language, zone, DAY).format(at);
}

export function toHour(at: Date, { language, zone }: Telling): string {
  return formatOf(language, zone, HOUR).format(at);
}

/** "UTC+1": what shows that the clocks have changed between two instants. */
export function toOffset(at: Date, { language, zone }: Telling): string {
  const parts = formatOf(language, zone, { timeZoneName: 'shortOffset' }).formatToParts(at);
  return parts.find(({ type }) => type === 'timeZoneName')?.value ?? '';
}

/** "vendredi 16 janvier" */
export function toLongDay(at: Date, { language, zone }: Telling): string {
  return formatOf(language, zone, { weekday: 'long', day: 'numeric', month: 'long' }).format(at);
}

/** "2026-01-16": for telling whether two instants fall on one day. */
export function toDayKey(at: Date, zone: string): string {
  return formatOf('en', zone, DAY).format(at).split('/').reverse().join('-');
}

const STEPS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['second', 60],
  ['minute', 60],
  ['hour', 24],
  ['day', 30],
  ['month', 12],
  ['year', Number.POSITIVE_INFINITY],
];

const JUST_NOW_SECONDS = 10;

/** "il y a 3 min", "dans 2 h"; null when it is too near to be counted. */
export function toRelative(at: Date, now: Date, language: Language): string | null {
  let amount = (at.getTime() - now.getTime()) / 1_000;
  if (Math.abs(amount) < JUST_NOW_SECONDS) return null;
  const format = new Intl.RelativeTimeFormat(LOCALES[language], { numeric: 'auto', style: 'short' });
  for (const [unit, size] of STEPS) {
    if (Math.abs(amount) < size) return format.format(Math.trunc(amount), unit);
    amount /= size;
  }
  return null;
}

/** 1 234 ms → "1,2 s" */
export function toDuration(ms: number, language: Language): string {
  const number = (value: number, digits: number) =>
    new Intl.NumberFormat(LOCALES[language], { maximumFractionDigits: digits }).format(value);
  if (ms < 1_000) return `${number(ms, 0)}\u00a0ms`;
  if (ms < 60_000) return `${number(ms / 1_000, 1)}\u00a0s`;
  if (ms < 3_600_000) return `${number(ms / 60_000, 1)}\u00a0min`;
  return `${number(ms / 3_600_000, 1)}\u00a0h`;
}

export function toCount(value: number, language: Language): string {
  return new Intl.NumberFormat(LOCALES[language]).format(value);
}
