import ical, { ICalCalendarMethod, ICalEventStatus } from 'ical-generator';
import type { BookingMail, Slot } from './mail-model.js';
import type { MailSetting } from './mail-view.js';
import { MAIL_WORDS } from './mail-words.js';
import { toMailLink } from './mail-link.js';
import { toLine } from './readable-text.js';

export interface CalendarFile {
  filename: string;
  content: string;
}

export interface CalendarSender {
  name: string;
  address: string;
  /** What makes the ids of appointments ours. */
  domain: string;
}

/**
 * The appointment for the reader's own calendar, as something published (RFC 5546, 3.2.1): nobody is invited and nothing
 * is to be answered. Hours are in UTC, which no calendar can misread. A cancellation takes the same id back; a move takes
 * the former one back and brings the new one. Null where there is nothing to put into a calendar or to take out of it.
 */
export function toCalendarFile(
  model: BookingMail,
  setting: MailSetting,
  sender: CalendarSender,
  stamp: Date,
): CalendarFile | null {
  const entries = entriesOf(model);
  if (entries.length === 0) return null;
  const words = MAIL_WORDS[setting.locale];
  const calendar = ical({
    prodId: { company: 'Passerelle', product: 'Passerelle', language: setting.locale.toUpperCase() },
    method: ICalCalendarMethod.PUBLISH,
  });
  const event = toLine(model.eventName ?? '', 120) || words.unnamedEvent;
  const client = toLine(model.invitee.name, 120);
  const summary = client === '' ? event : `${event} - ${client}`;
  const details = [client, model.invitee.email, model.invitee.phone].map((text) => toLine(text ?? ''));
  const url = toMailLink(model.joinUrl)?.href ?? null;
  for (const { id, slot, isOff } of entries) {
    calendar.createEvent({
      id: `${id}@${sender.domain}`,
      sequence: isOff ? 1 : 0,
      stamp,
      start: new Date(slot.startsAt),
      end: new Date(slot.endsAt),
      summary: isOff ? `${words.calendarCanceled}${words.colon} ${summary}` : summary,
      description: details.filter((text) => text !== '').join('\n'),
      location: toLine(model.place ?? '') || url,
      url,
      status: isOff ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
      organizer: { name: sender.name.replaceAll('"', ''), email: sender.address },
    });
  }
  return { filename: words.calendarFile, content: calendar.toString() };
}

interface Entry {
  id: string;
  slot: Slot;
  isOff: boolean;
}

function entriesOf({ change, slot, formerSlot, bookingId, formerBookingId, wasKnown }: BookingMail): Entry[] {
  const on = (at: Slot | null, id: string | null): Entry[] => (at && id ? [{ id, slot: at, isOff: false }] : []);
  const off = (at: Slot | null, id: string | null): Entry[] => (at && id ? [{ id, slot: at, isOff: true }] : []);
  switch (change) {
    case 'created':
      return on(slot, bookingId);
    case 'moved':
      return [...off(formerSlot, formerBookingId), ...on(slot, bookingId)];
    case 'canceled':
      return wasKnown ? off(slot, bookingId) : [];
    case 'no_show':
      return [];
  }
}
