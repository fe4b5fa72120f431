import type { Bilingual } from '../../platform/errors/problem.js';

/**
 * What a mail says, before it is put into words. It is kept as JSON until the mail has gone, hence instants as ISO texts
 * and no classes. Names, answers and links are whatever an invitee wrote: they are cleaned when they are put into words.
 */
export type MailModel = BookingMail | ConnectionMail | NoticeMail | DigestMail;

export interface Slot {
  startsAt: string;
  endsAt: string;
}

/** Where two people meet; null where the provider does not say. */
export const MEETING_KINDS = ['phone', 'video', 'on_site'] as const;
export type MeetingKind = (typeof MEETING_KINDS)[number];

export interface BookingMail {
  template: 'booking';
  change: 'created' | 'moved' | 'canceled' | 'no_show';
  /** As it stands on screen, for example `Calendly`. */
  provider: string;
  eventName: string | null;
  meeting: MeetingKind | null;
  /** What the location says in words: an address, a number to call. */
  place: string | null;
  joinUrl: string | null;
  invitee: { name: string; email: string | null; phone: string | null; timeZone: string | null };
  answers: readonly { question: string; answer: string }[];
  /** When it is, or was to be; null when somebody moved to an hour we do not know. */
  slot: Slot | null;
  /** Of a move: when it was. */
  formerSlot: Slot | null;
  /** The ids of the booking and of the one it replaces: the same in every mail about it, and in its calendar files. */
  bookingId: string;
  formerBookingId: string | null;
  cancellation: { by: 'host' | 'invitee' | null; reason: string | null } | null;
  /** False for a cancellation that is the first we hear of the appointment. */
  wasKnown: boolean;
}

export interface ConnectionMail {
  template: 'connection';
  change: 'broken' | 'recovered';
  provider: string;
  accountEmail: string | null;
  /** The cause and what to do about it. */
  reason: Bilingual | null;
}

/** Any other notification, in its own words. */
export interface NoticeMail {
  template: 'notice';
  title: string;
  message: string;
}

export interface DigestMail {
  template: 'digest';
  /** The day it is made on, in the organization's zone: `2026-01-16`. */
  day: string;
  /** Everything that was told since the last digest, the oldest first within a group. */
  groups: readonly { kind: string; count: number; entries: readonly { at: string; message: string }[] }[];
}

/** The model as it is kept: with what was true of the organization when the mail was promised. */
export interface KeptMail {
  model: MailModel;
  organization: { name: string; timeZone: string };
}
