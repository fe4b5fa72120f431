import { DateTime } from 'luxon';
import type { Locale } from '../platform/errors/problem.js';
import type { BookingFacts } from './booking-facts.js';

/** In whose words and hours a text is written: the organization's, not the reader's. */
export interface TextSetting {
  /** The provider as it stands on screen, for example `Calendly`. */
  providerName: string;
  timeZone: string;
  locale: Locale;
}

export interface TextPair {
  title: string;
  message: string;
}

/** The line a prospect's notes keep of one appointment. What became of it follows, so that the line itself never changes. */
export function noteText(facts: BookingFacts, next: BookingFacts | null, setting: TextSetting): string {
  const when = formatInstant(facts.startsAt, setting.timeZone);
  const line =
    setting.locale === 'fr'
      ? `Rendez-vous ${setting.providerName} prévu le ${when} - ${eventLabel(facts, setting)}`
      : `${setting.providerName} appointment on ${when} - ${eventLabel(facts, setting)}`;
  const sequel = noteSequel(facts, next, setting);
  return sequel === null ? line : `${line} (${sequel})`;
}

function noteSequel(facts: BookingFacts, next: BookingFacts | null, { locale, timeZone }: TextSetting): string | null {
  const french = locale === 'fr';
  if (facts.status === 'canceled') return french ? 'annulé' : 'canceled';
  if (facts.status === 'moved') {
    if (next === null && facts.cancellation?.asksForAnotherTime) return french ? 'à replanifier' : 'to be rescheduled';
    if (next === null) return french ? 'déplacé' : 'moved';
    const when = formatInstant(next.startsAt, timeZone);
    return french ? `déplacé au ${when}` : `moved to ${when}`;
  }
  if (facts.noShow.at !== null) {
    const since = formatInstant(facts.noShow.at, timeZone);
    return french ? `absent, signalé le ${since}` : `no-show, marked on ${since}`;
  }
  return null;
}

export function createdText(facts: BookingFacts, setting: TextSetting): TextPair {
  const when = formatInstant(facts.startsAt, setting.timeZone);
  return setting.locale === 'fr'
    ? {
        title: `Nouveau prospect ${setting.providerName}`,
        message: `${facts.invitee.name} a réservé un rendez-vous "${eventLabel(facts, setting)}" le ${when}`,
      }
    : {
        title: `New ${setting.providerName} prospect`,
        message: `${facts.invitee.name} booked "${eventLabel(facts, setting)}" on ${when}`,
      };
}

/** `booked` false: the cancellation is the first we hear of this appointment. */
export function canceledText(facts: BookingFacts, booked: boolean, setting: TextSetting): TextPair {
  const when = formatInstant(facts.startsAt, setting.timeZone);
  const label = eventLabel(facts, setting);
  if (setting.locale === 'fr') {
    const verb = booked ? 'a annulé' : 'a réservé puis annulé';
    return {
      title: `Rendez-vous ${setting.providerName} annulé`,
      message:
        facts.cancellation?.by === 'host' && booked
          ? `Le rendez-vous "${label}" de ${facts.invitee.name} le ${when} est annulé`
          : `${facts.invitee.name} ${verb} le rendez-vous "${label}" du ${when}`,
    };
  }
  return {
    title: `${setting.providerName} appointment canceled`,
    message:
      facts.cancellation?.by === 'host' && booked
        ? `The appointment "${label}" of ${facts.invitee.name} on ${when} is canceled`
        : `${facts.invitee.name} ${booked ? 'canceled' : 'booked and canceled'} "${label}" on ${when}`,
  };
}

/** Either half may be unknown for good: the other still deserves its sentence. */
export function movedText(from: BookingFacts | null, to: BookingFacts | null, setting: TextSetting): TextPair {
  const known = (to ?? from)!;
  const label = eventLabel(known, setting);
  const before = from && formatInstant(from.startsAt, setting.timeZone);
  const after = to && formatInstant(to.startsAt, setting.timeZone);
  if (setting.locale === 'fr') {
    const path = [before && `du ${before}`, after && `au ${after}`].filter(Boolean).join(' ');
    return {
      title: `Rendez-vous ${setting.providerName} déplacé`,
      message: `${known.invitee.name} a déplacé son rendez-vous "${label}" ${path}`,
    };
  }
  const path = [before && `from ${before}`, after && `to ${after}`].filter(Boolean).join(' ');
  return {
    title: `${setting.providerName} appointment moved`,
    message: `${known.invitee.name} moved the appointment "${label}" ${path}`,
  };
}

/** The host gave the hour up and asked the invitee to choose another one. */
export function toMoveText(facts: BookingFacts, setting: TextSetting): TextPair {
  const when = formatInstant(facts.startsAt, setting.timeZone);
  const label = eventLabel(facts, setting);
  const { name } = facts.invitee;
  return setting.locale === 'fr'
    ? {
        title: `Rendez-vous ${setting.providerName} à replanifier`,
        message: `Le rendez-vous "${label}" de ${name} le ${when} est à replanifier : un autre horaire lui est demandé`,
      }
    : {
        title: `${setting.providerName} appointment to be rescheduled`,
        message: `The appointment "${label}" of ${name} on ${when} is to be rescheduled: another time was asked for`,
      };
}

export function noShowText(facts: BookingFacts, setting: TextSetting): TextPair {
  const when = formatInstant(facts.startsAt, setting.timeZone);
  const label = eventLabel(facts, setting);
  return setting.locale === 'fr'
    ? {
        title: 'Absence signalée',
        message: `${facts.invitee.name} n’est pas venu au rendez-vous "${label}" du ${when}`,
      }
    : { title: 'No-show', message: `${facts.invitee.name} did not come to "${label}" on ${when}` };
}

/** `16/01/2026 16:30:00`, on the clock of the organization. */
export function formatInstant(instant: Date, timeZone: string): string {
  return DateTime.fromJSDate(instant, { zone: timeZone }).toFormat('dd/MM/yyyy HH:mm:ss');
}

function eventLabel(facts: BookingFacts, { locale }: TextSetting): string {
  return facts.eventName ?? (locale === 'fr' ? 'Rendez-vous' : 'Appointment');
}
