import { DateTime } from 'luxon';
import { RRuleTemporal } from 'rrule-temporal';
import { invalid, required } from './api-error.js';
import type { EventFields, EventTimeFields } from './event-body.js';

type Line = 'RRULE' | 'EXRULE' | 'RDATE' | 'EXDATE';

const knownParts = new Set(
  'FREQ INTERVAL COUNT UNTIL WKST BYDAY BYMONTH BYMONTHDAY BYYEARDAY BYWEEKNO BYHOUR BYMINUTE BYSECOND BYSETPOS'.split(
    ' ',
  ),
);
const linePattern = /^(RRULE|EXRULE|RDATE|EXDATE)((?:;[A-Z-]+=[^;:]+)*):(.+)$/;

/** When a series begins and how it repeats: all of an event that its occurrences follow from. */
export interface Series {
  start: EventTimeFields;
  recurrence: string[];
}

export function seriesOf(fields: EventFields): Series | null {
  return fields.recurrence === undefined ? null : { start: fields.start, recurrence: fields.recurrence };
}

/** Refuses what RFC 5545 does not allow here. DTSTART and DTEND have no place in it (contract 8). */
export function checkRecurrence(recurrence: string[], start: EventTimeFields, end: EventTimeFields): void {
  if (start.date === undefined && start.timeZone === undefined) {
    throw required('Missing time zone definition for start time.');
  }
  if (end.date === undefined && end.timeZone === undefined) {
    throw required('Missing time zone definition for end time.');
  }
  if (!recurrence.some((line) => line.startsWith('RRULE') || line.startsWith('RDATE'))) throw invalidRule();
  const series = { start, recurrence };
  for (const line of recurrence) checkLine(line, series);
}

/** The original starts of a series up to an instant, in milliseconds of the series' own clock, in order. */
export function expand(series: Series, untilMs: number): number[] {
  const starts = new Set<number>([startOf(series)]);
  const excluded = new Set<number>();
  for (const text of series.recurrence) {
    const { line, parameters, value } = readLine(text);
    if (line === 'RRULE') for (const at of occurrencesOf(value, series, untilMs)) starts.add(at);
    if (line === 'EXRULE') for (const at of occurrencesOf(value, series, untilMs)) excluded.add(at);
    if (line === 'RDATE') for (const at of datesOf(parameters, value, series)) starts.add(at);
    if (line === 'EXDATE') for (const at of datesOf(parameters, value, series)) excluded.add(at);
  }
  return [...starts].filter((at) => !excluded.has(at) && at <= untilMs).sort((left, right) => left - right);
}

export function startOf({ start }: Series): number {
  return Date.parse(start.date ?? start.dateTime ?? '');
}

/** The start of the occurrence at this instant, in the terms of its series: a day, or an instant with the zone. */
export function toOriginalStart(series: Series, at: number): EventTimeFields {
  const utc = DateTime.fromMillis(at, { zone: 'UTC' });
  if (series.start.date !== undefined) return { date: utc.toISODate() ?? '' };
  const { timeZone } = series.start;
  return { dateTime: utc.toISO({ suppressMilliseconds: true }) ?? '', ...(timeZone !== undefined && { timeZone }) };
}

/** `20260317` or `20260317T080000Z`: what an occurrence's id ends with (contract 8). */
export function toStamp(series: Series, at: number): string {
  return DateTime.fromMillis(at, { zone: 'UTC' }).toFormat(
    series.start.date === undefined ? "yyyyMMdd'T'HHmmss'Z'" : 'yyyyMMdd',
  );
}

/** The same rules, ended before an occurrence, as a person who says "this and the following" ends them. */
export function endBefore(series: Series, at: number): string[] {
  const last = DateTime.fromMillis(at, { zone: 'UTC' }).minus(
    series.start.date === undefined ? { seconds: 1 } : { days: 1 },
  );
  const until = last.toFormat(series.start.date === undefined ? "yyyyMMdd'T'HHmmss'Z'" : 'yyyyMMdd');
  return withDates(series, (date) => date < at).map((text) => {
    const { line, value } = readLine(text);
    if (line !== 'RRULE') return text;
    const kept = value.split(';').filter((part) => !/^(COUNT|UNTIL)=/.test(part));
    return `RRULE:${[...kept, `UNTIL=${until}`].join(';')}`;
  });
}

/** The rules of what follows from an occurrence on: a count is what the first part left of it. */
export function continueFrom(series: Series, at: number): string[] {
  const passed = (rule: string) => expand({ start: series.start, recurrence: [rule] }, at - 1).length;
  return withDates(series, (date) => date >= at).map((text) =>
    text.replace(/(?<=[;:]COUNT=)\d+/, (count) => String(Math.max(1, Number(count) - passed(text)))),
  );
}

/** The lines of a series, those with dates only as far as one of their dates is wanted. */
function withDates(series: Series, isWanted: (date: number) => boolean): string[] {
  return series.recurrence.filter((text) => {
    const { line, parameters, value } = readLine(text);
    return line === 'RRULE' || line === 'EXRULE' || datesOf(parameters, value, series).some(isWanted);
  });
}

function checkLine(text: string, series: Series): void {
  const { line, parameters, value } = readLine(text);
  if (line === 'RDATE' || line === 'EXDATE') {
    datesOf(parameters, value, series);
    return;
  }
  const parts = new Map(value.split(';').map((part) => part.split('=', 2) as [string, string | undefined]));
  const count = parts.get('COUNT');
  if ([...parts.keys()].some((name) => !knownParts.has(name)) || count === '0') throw invalidRule();
  try {
    ruleOf(value, series, 'strict');
  } catch {
    throw invalidRule();
  }
}

function readLine(text: string): { line: Line; parameters: Map<string, string>; value: string } {
  const [, line, given = '', value] = linePattern.exec(text) ?? [];
  if (line === undefined || value === undefined) throw invalidRule();
  const parameters = given
    .split(';')
    .filter((part) => part !== '')
    .map((part) => part.split('=', 2) as [string, string]);
  return { line: line as Line, parameters: new Map(parameters), value };
}

function occurrencesOf(rule: string, series: Series, untilMs: number): number[] {
  const from = startOf(series);
  const found = ruleOf(rule, series).between(new Date(from), new Date(Math.max(untilMs, from)), true);
  return found.map(({ epochMilliseconds }) => epochMilliseconds);
}

/** The start counts as the first occurrence even where the rule would not come by it. */
function ruleOf(rule: string, series: Series, how?: 'strict'): RRuleTemporal {
  const rruleString = `${toDtStart(series)}\nRRULE:${rule}`;
  return new RRuleTemporal({ rruleString, includeDtstart: true, maxIterations: 200_000, strict: how === 'strict' });
}

/** Whole days run in UTC, where every day has 24 hours; all else in the zone the series names. */
function toDtStart(series: Series): string {
  const { start } = series;
  if (start.date !== undefined) return `DTSTART;VALUE=DATE:${start.date.replaceAll('-', '')}`;
  const zone = start.timeZone ?? 'UTC';
  const local = DateTime.fromMillis(startOf(series), { zone }).toFormat("yyyyMMdd'T'HHmmss");
  return `DTSTART;TZID=${zone}:${local}`;
}

function datesOf(parameters: Map<string, string>, value: string, series: Series): number[] {
  const isDay = series.start.date !== undefined;
  const zone = parameters.get('TZID') ?? 'UTC';
  return value.split(',').map((text) => {
    const format = isDay ? 'yyyyMMdd' : text.endsWith('Z') ? "yyyyMMdd'T'HHmmss'Z'" : "yyyyMMdd'T'HHmmss";
    const isAnchored = isDay || text.endsWith('Z') || parameters.has('TZID');
    const at = DateTime.fromFormat(text, format, { zone: isDay || text.endsWith('Z') ? 'UTC' : zone });
    if (!at.isValid || !isAnchored) throw invalidRule();
    return at.toMillis();
  });
}

function invalidRule() {
  return invalid('Invalid recurrence rule.');
}
