import { isWebLink, type MailLink, toMailLink } from './mail-link.js';
import type { BookingMail, Slot } from './mail-model.js';
import type { MailSetting, MailView } from './mail-view.js';
import { MAIL_WORDS, type MailWords } from './mail-words.js';
import { toLine, toLines } from './readable-text.js';
import { clocksDiffer, isKnownZone, slotText, startText, zoneText } from './slot-text.js';

type Row = MailView['rows'][number];

// Long enough for any real name, short enough for a subject to be read.
const LONGEST_IN_SUBJECT = 120;

export function bookingSubject(model: BookingMail, setting: MailSetting): string {
  const { locale, timeZone } = setting;
  const words = MAIL_WORDS[locale];
  const event = eventOf(model, words);
  // Of one appointment there may be several such mails: the hour tells them apart.
  const what =
    model.change === 'created' || model.slot === null ? event : `${event}, ${startText(model.slot, timeZone, locale)}`;
  return words.booking[model.change].subject(
    toLine(model.provider),
    toLine(setting.organization, LONGEST_IN_SUBJECT),
    what,
  );
}

export function bookingView(model: BookingMail, setting: MailSetting): Omit<MailView, FramePart> {
  const words = MAIL_WORDS[setting.locale];
  const { labels } = words;
  const configuration = model.answers.find(({ answer }) => isWebLink(answer));
  const { advice } = words.booking[model.change];
  return {
    subject: bookingSubject(model, setting),
    intro: introOf(model, words),
    rows: [
      ...row(labels.meeting, model.meeting && words.meetings[model.meeting]),
      ...row(labels.event, eventOf(model, words)),
      ...row(labels.client, model.invitee.name),
      ...row(labels.email, model.invitee.email),
      ...row(labels.phone, model.invitee.phone),
      ...timeRows(model, setting, words),
      ...row(labels.place, model.place),
      ...row(labels.reason, model.cancellation?.reason ?? null),
    ],
    links: [
      ...link(labels.configuration, toMailLink(configuration?.answer ?? null)),
      ...(model.change === 'created' || model.change === 'moved' ? link(labels.join, toMailLink(model.joinUrl)) : []),
    ],
    sections: notesOf(model, configuration, labels.notes),
    paragraphs: advice === null ? [] : [advice],
    action: null,
  };
}

/** What every mail has around it; see `frame` in mail-views.ts. */
export type FramePart = 'lang' | 'colon' | 'hello' | 'regards' | 'sender' | 'why';

function introOf({ change, wasKnown, cancellation, provider }: BookingMail, words: MailWords): string {
  const name = toLine(provider);
  if (change !== 'canceled') return words.booking[change].intro(name);
  if (!wasKnown) return words.bookedAndCanceled(name);
  return cancellation?.by === 'host' ? words.canceledByHost(name) : words.booking.canceled.intro(name);
}

function timeRows(
  { change, slot, formerSlot, invitee }: BookingMail,
  { timeZone, locale }: MailSetting,
  words: MailWords,
): Row[] {
  const { labels } = words;
  const told = (at: Slot | null): string => (at === null ? words.unknownHour : slotText(at, timeZone, locale));
  const known = slot ?? formerSlot;
  if (known === null) return [];
  return [
    ...(change === 'moved'
      ? [...row(labels.formerly, told(formerSlot)), ...row(labels.now, told(slot))]
      : row(labels.when, told(slot))),
    ...row(labels.zone, zoneText(known, timeZone)),
    ...row(labels.clientTime, clientTime(slot, timeZone, invitee.timeZone, locale)),
  ];
}

/** The invitee's own hour, where it is another. */
function clientTime(
  slot: Slot | null,
  timeZone: string,
  theirs: string | null,
  locale: MailSetting['locale'],
): string | null {
  if (slot === null || !isKnownZone(theirs) || !clocksDiffer(slot, timeZone, theirs)) return null;
  return `${slotText(slot, theirs, locale)}, ${zoneText(slot, theirs)}`;
}

function notesOf(
  { answers, change }: BookingMail,
  configuration: { question: string; answer: string } | undefined,
  title: string,
): MailView['sections'] {
  if (change === 'canceled' || change === 'no_show') return [];
  const items = answers
    .filter((answer) => answer !== configuration && answer.answer.trim() !== '')
    .map(({ question, answer }) => ({ title: toLine(question) || null, lines: toLines(answer) }));
  return items.length === 0 ? [] : [{ title, items }];
}

function eventOf({ eventName }: BookingMail, words: MailWords): string {
  return toLine(eventName ?? '', LONGEST_IN_SUBJECT) || words.unnamedEvent;
}

function row(label: string, value: string | null): Row[] {
  const line = toLine(value ?? '');
  return line === '' ? [] : [{ label, value: line }];
}

function link(label: string, found: MailLink | null): { label: string; link: MailLink }[] {
  return found === null ? [] : [{ label, link: found }];
}
