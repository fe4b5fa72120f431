import { DateTime } from 'luxon';
import { isZoneName } from '../../platform/clock/zone-names.js';
import type { Locale } from '../../platform/errors/problem.js';
import type { Slot } from './mail-model.js';

const DAY = { fr: 'dd/MM/yyyy', en: 'd LLL yyyy' } as const;
const AT = { fr: ' à ', en: ' at ' } as const;

/**
 * `15/11/2025 à 15:00 - 15:30`, on the clock of the zone. The day stands again before an end on another day. Where the
 * zone alone does not tell which instant is meant, the offset stands behind the hour: when the clock changes in between,
 * and when it shows that hour twice.
 */
export function slotText(slot: Slot, zone: string, locale: Locale): string {
  const [start, end] = [toLocal(slot.startsAt, zone), toLocal(slot.endsAt, zone)];
  const needsOffset = start.offset !== end.offset || isShownTwice(start) || isShownTwice(end);
  const hour = (at: DateTime): string => at.toFormat('HH:mm') + (needsOffset ? ` (${offsetText(at)})` : '');
  const day = (at: DateTime): string => at.setLocale(locale).toFormat(DAY[locale]) + AT[locale];
  const endDay = start.hasSame(end, 'day') ? '' : day(end);
  return `${day(start)}${hour(start)} - ${endDay}${hour(end)}`;
}

/** `15/11/2025 à 15:00`, for a subject; with the offset when the clock shows that hour twice. */
export function startText({ startsAt }: Slot, zone: string, locale: Locale): string {
  const start = toLocal(startsAt, zone);
  const offset = isShownTwice(start) ? ` (${offsetText(start)})` : '';
  return start.setLocale(locale).toFormat(DAY[locale]) + AT[locale] + start.toFormat('HH:mm') + offset;
}

/** `Europe/Paris (UTC+1)`, as it holds at the beginning. */
export function zoneText({ startsAt }: Slot, zone: string): string {
  return `${zone} (${offsetText(toLocal(startsAt, zone))})`;
}

/** `2026-01-16`: the day on the clock of the zone. */
export function dayIn(zone: string, at: Date): string {
  return DateTime.fromJSDate(at, { zone }).toFormat('yyyy-MM-dd');
}

/** Whether the clocks of the two zones show anything else at the beginning or at the end. */
export function clocksDiffer(slot: Slot, one: string, other: string): boolean {
  return [slot.startsAt, slot.endsAt].some((at) => toLocal(at, one).offset !== toLocal(at, other).offset);
}

/** An invitee's zone is a provider's word; one we do not know tells no hour. */
export function isKnownZone(zone: string | null): zone is string {
  return zone !== null && isZoneName(zone);
}

function toLocal(instant: string, zone: string): DateTime {
  return DateTime.fromISO(instant, { zone });
}

function isShownTwice(at: DateTime): boolean {
  return at.getPossibleOffsets().length > 1;
}

/** `UTC+1`, `UTC-3:30`, `UTC`. */
function offsetText(at: DateTime): string {
  const minutes = Math.abs(at.offset);
  if (minutes === 0) return 'UTC';
  const rest = minutes % 60 === 0 ? '' : `:${String(minutes % 60).padStart(2, '0')}`;
  return `UTC${at.offset < 0 ? '-' : '+'}${Math.floor(minutes / 60)}${rest}`;
}
