import { DateTime } from 'luxon';
import type { CopyContent } from './copy.row.js';
import type { EventFacts } from './event-facts.js';

/** What the provider shows of a copy, in the form in which it is compared. */
export function toCopyContent(facts: EventFacts, timeZone: string): CopyContent {
  return {
    title: plain(facts.title),
    description: plain(facts.description),
    location: plain(facts.location),
    ...instantsOf(facts, timeZone),
  };
}

export const FIELDS = ['title', 'description', 'location', 'schedule'] as const;
export type CopyField = (typeof FIELDS)[number];

/** The part of a content that one field stands for: when an event begins and ends is one decision. */
export function partOf(content: CopyContent, field: CopyField): string | null {
  return field === 'schedule' ? `${content.starts_at}/${content.ends_at}` : plain(content[field]);
}

/** Somebody made it an all-day event: it lasts from midnight to midnight where the session takes place. */
function instantsOf({ times }: EventFacts, timeZone: string): { starts_at: string; ends_at: string } {
  if (!times.allDay) return { starts_at: times.startsAt.toISOString(), ends_at: times.endsAt.toISOString() };
  const midnight = (date: string) => DateTime.fromISO(date, { zone: timeZone }).toUTC().toJSDate().toISOString();
  return { starts_at: midnight(times.startDate), ends_at: midnight(times.endDate) };
}

/** Line endings and space around a text are the provider's own way of keeping it; an empty text is none. */
export function plain(text: string | null): string | null {
  const trimmed = text?.replaceAll('\r\n', '\n').trim() ?? '';
  return trimmed === '' ? null : trimmed;
}

/** One content with some fields of another. */
export function withFields<Content extends CopyContent>(
  content: Content,
  from: CopyContent,
  fields: readonly CopyField[],
): Content {
  const taken: Partial<CopyContent> = {};
  for (const field of fields) {
    if (field === 'schedule') Object.assign(taken, { starts_at: from.starts_at, ends_at: from.ends_at });
    else taken[field] = from[field];
  }
  return { ...content, ...taken };
}

/** What a conflict shows of one side. */
export function valueOf(content: CopyContent, field: CopyField): unknown {
  if (field !== 'schedule') return content[field];
  return { starts_at: content.starts_at, ends_at: content.ends_at };
}
