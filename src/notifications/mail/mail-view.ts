import type { Locale } from '../../platform/errors/problem.js';
import type { MailLink } from './mail-link.js';

/**
 * A mail in words, ready for the templates: the same parts for every mail, so that the two templates stay small. Every
 * text in it is one clean line; nothing in it is markup.
 */
export interface MailView {
  lang: Locale;
  subject: string;
  /** Before every colon, in French. */
  colon: string;
  hello: string;
  intro: string;
  rows: readonly { label: string; value: string }[];
  links: readonly { label: string; link: MailLink }[];
  sections: readonly { title: string; items: readonly { title: string | null; lines: readonly string[] }[] }[];
  paragraphs: readonly string[];
  /** A page of our own to go to. */
  action: { label: string; href: string } | null;
  regards: string;
  sender: string;
  why: string;
}

/** Who the mail speaks for, and in which words and hours. */
export interface MailSetting {
  locale: Locale;
  organization: string;
  timeZone: string;
  /** The front end's address; the operator's word, not an invitee's. */
  frontendUrl: string;
}
