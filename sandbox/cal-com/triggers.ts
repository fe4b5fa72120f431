import type { Attendee, Booking, Change } from './model.js';

/** The published enum (contract 8.1). `BOOKING_CONFIRMED` and its like stand in an example only, and do not exist. */
export const knownTriggers = [
  'BOOKING_CREATED',
  'BOOKING_PAYMENT_INITIATED',
  'BOOKING_PAID',
  'BOOKING_RESCHEDULED',
  'BOOKING_REQUESTED',
  'BOOKING_CANCELLED',
  'BOOKING_REJECTED',
  'BOOKING_NO_SHOW_UPDATED',
  'FORM_SUBMITTED',
  'MEETING_ENDED',
  'MEETING_STARTED',
  'RECORDING_READY',
  'INSTANT_MEETING',
  'RECORDING_TRANSCRIPTION_GENERATED',
  'OOO_CREATED',
  'AFTER_HOSTS_CAL_VIDEO_NO_SHOW',
  'AFTER_GUESTS_CAL_VIDEO_NO_SHOW',
  'FORM_SUBMITTED_NO_EVENT',
  'DELEGATION_CREDENTIAL_ERROR',
  'WRONG_ASSIGNMENT_REPORT',
] as const;

export type Trigger = (typeof knownTriggers)[number];

/** Those that this stand-in has occasion to send. */
export type BookingFact = Extract<
  Trigger,
  | 'BOOKING_CREATED'
  | 'BOOKING_REQUESTED'
  | 'BOOKING_REJECTED'
  | 'BOOKING_RESCHEDULED'
  | 'BOOKING_CANCELLED'
  | 'BOOKING_NO_SHOW_UPDATED'
  | 'MEETING_STARTED'
  | 'MEETING_ENDED'
>;

export interface TriggerDetails {
  /** The booking this one takes the place of. */
  from?: Booking;
  /** Those concerned, when it is not everybody. */
  attendees?: Attendee[];
  /** Who did it to those concerned, when the booking itself does not say. */
  change?: Change;
}
