import { DateTime } from 'luxon';
import { NOTIFICATION_KINDS, type NotificationKind } from '../notification-kind.js';
import { bookingSubject, bookingView, type FramePart } from './booking-view.js';
import { toMailLink } from './mail-link.js';
import type { ConnectionMail, DigestMail, MailModel, NoticeMail } from './mail-model.js';
import type { MailSetting, MailView } from './mail-view.js';
import { MAIL_WORDS } from './mail-words.js';
import { toLine } from './readable-text.js';

type Inside = Omit<MailView, FramePart>;

/** Puts a model into words. Pure: the same model and setting give the same mail at every try and in every preview. */
export function toMailView(model: MailModel, setting: MailSetting): MailView {
  const words = MAIL_WORDS[setting.locale];
  return {
    lang: setting.locale,
    colon: words.colon,
    hello: words.hello,
    ...insideOf(model, setting),
    regards: words.regards,
    sender: words.sender(toLine(setting.organization)),
    why: words.why,
  };
}

/** The subject alone, for lists. */
export function toSubject(model: MailModel, setting: MailSetting): string {
  return model.template === 'booking' ? bookingSubject(model, setting) : insideOf(model, setting).subject;
}

function insideOf(model: MailModel, setting: MailSetting): Inside {
  switch (model.template) {
    case 'booking':
      return bookingView(model, setting);
    case 'connection':
      return connectionView(model, setting);
    case 'notice':
      return noticeView(model, setting);
    case 'digest':
      return digestView(model, setting);
  }
}

function connectionView({ change, provider, accountEmail, reason }: ConnectionMail, setting: MailSetting): Inside {
  const words = MAIL_WORDS[setting.locale];
  const name = toLine(provider);
  const account = { label: words.labels.account, value: toLine(accountEmail ?? '') };
  const cause = { label: words.labels.cause, value: toLine(reason?.[setting.locale] ?? '', 500) };
  const isBroken = change === 'broken';
  return {
    ...BARE,
    subject: withOrganization(words[change].subject(name), setting),
    intro: words[change].intro(name),
    rows: [account, ...(isBroken ? [cause] : [])].filter(({ value }) => value !== ''),
    paragraphs: isBroken ? [words.broken.meanwhile] : [],
    action: toAction(isBroken ? words.reconnect : words.open, setting),
  };
}

function noticeView({ title, message }: NoticeMail, setting: MailSetting): Inside {
  return {
    ...BARE,
    subject: withOrganization(toLine(title), setting),
    intro: toLine(message, 1_000),
    action: toAction(MAIL_WORDS[setting.locale].open, setting),
  };
}

function digestView({ day, groups }: DigestMail, setting: MailSetting): Inside {
  const words = MAIL_WORDS[setting.locale];
  const shownDay = DateTime.fromISO(day, { locale: setting.locale }).toFormat(
    setting.locale === 'fr' ? 'dd/MM/yyyy' : 'd LLL yyyy',
  );
  const total = groups.reduce((sum, { count }) => sum + count, 0);
  return {
    ...BARE,
    subject: withOrganization(words.digest.subject(shownDay), setting),
    intro: words.digest.intro(total),
    sections: groups.map(({ kind, count, entries }) => ({
      title: `${words.digest.kinds[toKind(kind)]} (${count})`,
      items: [
        ...entries.map(({ message }) => ({ title: null, lines: [toLine(message, 500)] })),
        ...(count > entries.length ? [{ title: null, lines: [words.digest.more(count - entries.length)] }] : []),
      ],
    })),
    action: toAction(words.open, setting),
  };
}

const BARE = { rows: [], links: [], sections: [], paragraphs: [], action: null };

function withOrganization(subject: string, { organization }: MailSetting): string {
  return `${subject} - ${toLine(organization, 120)}`;
}

/** On a developer's machine the front end is no https address; the operator's own link is to be clicked all the same. */
function toAction(label: string, { frontendUrl }: MailSetting): MailView['action'] {
  return toMailLink(frontendUrl) === null ? null : { label, href: frontendUrl };
}

/** A digest may be older than this version. */
function toKind(kind: string): NotificationKind {
  return NOTIFICATION_KINDS.find((known) => known === kind) ?? 'other';
}
