/** When an event takes place. An all-day event has no instants: its dates are the same wherever one reads them. */
export type EventTimes =
  | {
      readonly allDay: false;
      readonly startsAt: Date;
      readonly endsAt: Date;
      /** IANA name of the zone it was planned in; null when the provider does not say. */
      readonly timeZone: string | null;
    }
  | {
      readonly allDay: true;
      /** `2026-03-10` */
      readonly startDate: string;
      /** The day after the last one. */
      readonly endDate: string;
    };

export type AttendeeResponse = 'accepted' | 'declined' | 'tentative' | 'none';

export interface EventAttendee {
  readonly email: string;
  readonly name: string | null;
  readonly response: AttendeeResponse;
  readonly isOrganizer: boolean;
  /** The person whose calendar this is. */
  readonly isSelf: boolean;
}

/** One event of an external calendar as its provider shows it: a single one, or one occurrence of a series. */
export interface EventFacts {
  /** Case-sensitive, and the same for as long as the event exists. */
  readonly externalId: string;
  /** The same in every mailbox that holds the event, where the provider keeps it so. */
  readonly icalUid: string | null;
  /** The external id of the series it is an occurrence of. */
  readonly seriesId: string | null;
  /** Where the occurrence stands in its series, moved or not; compared, never computed with. */
  readonly originalStart: string | null;
  readonly times: EventTimes;
  readonly title: string | null;
  readonly description: string | null;
  readonly location: string | null;
  readonly status: 'confirmed' | 'tentative';
  /** Private to its owner: only its time may be kept. */
  readonly isPrivate: boolean;
  readonly isBusy: boolean;
  readonly attendees: readonly EventAttendee[];
  /** The event's page at the provider. */
  readonly htmlLink: string | null;
  /** Where to join it online. */
  readonly joinUrl: string | null;
  /** Changes with every change of the event; sent back with writes. */
  readonly etag: string | null;
  readonly updatedAt: Date | null;
  /** The id of the copy it is, when it was written by us: read from the marker that `createEvent` put into it. */
  readonly copyId: string | null;
  /** The key of the draft it was made from, where a listing shows that and not the marker. */
  readonly eventKey: string | null;
}

/** What we write of an event, and what we compare when somebody else may have written. */
export interface EventContent {
  readonly title: string;
  readonly description: string | null;
  readonly location: string | null;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** IANA name. */
  readonly timeZone: string;
}

/** Somebody the provider is to invite. */
export interface Guest {
  readonly email: string;
  readonly name: string | null;
}
