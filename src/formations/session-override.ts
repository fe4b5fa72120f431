import { type ExportableSession, type FormationPlan, toExportableSession } from './exportable-session.js';
import type { SessionContent, SessionRow } from './formation-session.row.js';
import { findFault, type SessionTimes } from './session-times.js';
import { toTimeZoneName } from './time-zone-name.js';

/** What an external calendar shows now, as far as it was edited there. Null is a text that was emptied. */
export interface EffectivePatch {
  readonly title?: string;
  readonly description?: string | null;
  readonly location?: string | null;
  readonly startsAt?: Date;
  readonly endsAt?: Date;
  readonly timeZone?: string;
}

export type CalendarEdit = EffectivePatch | { readonly cancelled: true };

export interface CalendarEditMerge {
  readonly content: SessionContent;
  /** The session's fields that have become different. */
  readonly fields: readonly string[];
}

/** What becomes of a session when its event was edited; only what differs from what was in effect becomes its own. */
export function mergeCalendarEdit(
  plan: FormationPlan,
  session: SessionRow,
  edit: CalendarEdit,
): CalendarEditMerge | 'unchanged' | 'impossible' {
  if (session.deleted_at !== null || plan.formation.deleted_at !== null) return 'impossible';
  if ('cancelled' in edit) return whenDifferent(session, { status: 'cancelled' });
  const times = toTimes(session, edit);
  if (times === null || findFault(times) !== null) return 'impossible';
  return whenDifferent(session, { ...toTexts(toExportableSession(plan, session), edit), ...times });
}

/** A title cannot be emptied: the event gets it back. */
function toTexts(effective: ExportableSession, edit: EffectivePatch): Partial<SessionContent> {
  const { title, description, location } = edit;
  return {
    ...(title?.trim() && title !== effective.title && { title }),
    ...(isOther(description, effective.description) && { description: description ?? '' }),
    ...(isOther(location, effective.location) && { location: location ?? '' }),
  };
}

function toTimes(session: SessionRow, { startsAt, endsAt, timeZone }: EffectivePatch): SessionTimes | null {
  const zone = timeZone === undefined ? session.time_zone : toTimeZoneName(timeZone);
  return zone === null
    ? null
    : { starts_at: startsAt ?? session.starts_at, ends_at: endsAt ?? session.ends_at, time_zone: zone };
}

function isOther(shown: string | null | undefined, effective: string | null): boolean {
  return shown !== undefined && (shown || null) !== effective;
}

function whenDifferent(session: SessionRow, change: Partial<SessionContent>): CalendarEditMerge | 'unchanged' {
  const fields = Object.entries(change)
    .filter(([field, value]) => comparable(session[field as keyof SessionContent]) !== comparable(value))
    .map(([field]) => field);
  return fields.length === 0 ? 'unchanged' : { content: { ...session, ...change }, fields };
}

function comparable(value: string | Date | null): string | number | null {
  return value instanceof Date ? value.getTime() : value;
}
