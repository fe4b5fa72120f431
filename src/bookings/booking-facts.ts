/** What a provider says of one invitee's appointment, in our words. The same whether it came by webhook or by reading. */
export interface BookingFacts {
  /** The provider's id of the event; a group event has several invitees. */
  externalEventId: string;
  /** The provider's id of this invitee's appointment: the identity of a booking within its integration. */
  externalId: string;
  status: BookingStatus;
  eventType: string | null;
  eventName: string | null;
  startsAt: Date;
  endsAt: Date;
  location: Record<string, unknown> | null;
  joinUrl: string | null;
  invitee: Invitee;
  /** In the order of the form, with the words they had when they were answered. */
  questions: readonly Answer[];
  tracking: Readonly<Record<string, string | null>>;
  cancellation: Cancellation | null;
  noShow: NoShowFact;
  /** The appointment this one replaces, and the one it was replaced by. */
  previousExternalId: string | null;
  nextExternalId: string | null;
  providerCreatedAt: Date;
  providerUpdatedAt: Date;
}

/** From lowest to highest rank: what is known of one appointment only ever rises. */
export const BOOKING_STATUSES = ['pending', 'active', 'moved', 'canceled'] as const;
export type BookingStatus = (typeof BOOKING_STATUSES)[number];

export interface Invitee {
  name: string;
  firstname: string | null;
  lastname: string | null;
  email: string | null;
  phone: string | null;
  timeZone: string | null;
}

export interface Answer {
  question: string;
  answer: string;
  position: number;
}

export interface Cancellation {
  by: 'host' | 'invitee' | null;
  reason: string | null;
  /** The host gave the hour up and asked the invitee for another: not an end, but a move that has not come yet. */
  asksForAnotherTime?: true;
}

/** Whether the invitee stayed away, as of a moment: marks come and go, the latest knowledge counts. */
export interface NoShowFact {
  at: Date | null;
  knownAt: Date;
}
