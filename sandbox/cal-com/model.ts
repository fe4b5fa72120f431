export const platformPermissions = [
  'EVENT_TYPE_READ',
  'EVENT_TYPE_WRITE',
  'BOOKING_READ',
  'BOOKING_WRITE',
  'SCHEDULE_READ',
  'SCHEDULE_WRITE',
  'APPS_READ',
  'APPS_WRITE',
  'PROFILE_READ',
  'PROFILE_WRITE',
] as const;

export type PlatformPermission = (typeof platformPermissions)[number];

/** What an OAuth 2.0 client may ask a person for: the platform's permissions, and webhooks (contract 9). */
export const knownScopes = [...platformPermissions, 'WEBHOOK_READ', 'WEBHOOK_WRITE'] as const;

export type Scope = (typeof knownScopes)[number];

/** A client of the Platform plan (contract 3). Its `redirectUris` are browser origins, not OAuth redirects. */
export interface PlatformClient {
  id: string;
  secret: string;
  name: string;
  organizationId: number;
  permissions: PlatformPermission[];
  redirectUris: string[];
  pages: Partial<Record<ClientPage, string>>;
  areEmailsEnabled: boolean;
  areDefaultEventTypesEnabled: boolean;
  areCalendarEventsEnabled: boolean;
  createdAt: Date;
}

export const clientPages = [
  'logo',
  'bookingRedirectUri',
  'bookingCancelRedirectUri',
  'bookingRescheduleRedirectUri',
] as const;

export type ClientPage = (typeof clientPages)[number];

/** A person with an account, or a managed user of a platform client. */
export interface User {
  id: number;
  organizationId: number;
  /** Null for a person who signed up at Cal.com. */
  clientId: string | null;
  /** As the API shows it: for a managed user with `+<clientId>` in it (contract 4). */
  email: string;
  displayEmail: string;
  username: string;
  name: string;
  bio: string | null;
  avatarUrl: string | null;
  timeZone: string;
  weekStart: string;
  timeFormat: 12 | 24;
  locale: string;
  defaultScheduleId: number | null;
  metadata: Record<string, unknown>;
  createdAt: Date;
}

export interface Schedule {
  id: number;
  ownerId: number;
  name: string;
  timeZone: string;
  availability: { days: string[]; startTime: string; endTime: string }[];
}

export interface BookingField {
  slug: string;
  type: 'text' | 'textarea' | 'phone';
  label: string;
}

export interface EventType {
  id: number;
  ownerId: number;
  title: string;
  slug: string;
  description: string;
  lengthInMinutes: number;
  /** As webhooks name it: `integrations:google:meet`, `integrations:daily`, or an address. */
  location: string;
  requiresConfirmation: boolean;
  seatsPerTimeSlot: number | null;
  fields: BookingField[];
}

export type BookingStatus = 'accepted' | 'pending' | 'cancelled' | 'rejected';

export interface Attendee {
  name: string;
  email: string;
  timeZone: string;
  language: string;
  phoneNumber: string | null;
  isAbsent: boolean;
  /** What was answered on the form, by the field's slug; `name` and `email` among them. */
  responses: Record<string, unknown>;
  metadata: Record<string, unknown>;
  /** Null unless the event type has seats. */
  seatUid: string | null;
}

export interface Booking {
  id: number;
  uid: string;
  hostId: number;
  eventTypeId: number;
  status: BookingStatus;
  description: string;
  startsAt: Date;
  endsAt: Date;
  location: string;
  videoCallUrl: string | null;
  attendees: Attendee[];
  guests: string[];
  metadata: Record<string, unknown>;
  isHostAbsent: boolean;
  cancellationReason: string | null;
  cancelledByEmail: string | null;
  rejectionReason: string | null;
  reschedulingReason: string | null;
  rescheduledByEmail: string | null;
  /** A move makes a new booking; these two tie the old and the new together (contract 7). */
  rescheduledFrom: Booking | null;
  rescheduledTo: Booking | null;
  /** The host asked for another time: cancelled, yet it may still be moved. */
  isRescheduleRequested: boolean;
  recurringUid: string | null;
  icsUid: string;
  icsSequence: number;
  createdAt: Date;
  updatedAt: Date;
}

/** Who ended or moved a booking, and why. */
export interface Change {
  byEmail: string | null;
  reason: string | null;
  /** One seat of a booking instead of all. */
  seatUid?: string;
}

export const calendarKinds = ['google', 'office365', 'apple'] as const;

export type CalendarKind = (typeof calendarKinds)[number];

/** What became of the consent Cal.com holds: each shows itself differently in `/check` (contract 6.3). */
export type CredentialHealth = 'good' | 'invalid' | 'refused' | 'not-connected';

/** A calendar account linked by a user. Cal.com holds the provider's tokens; nobody else sees them. */
export interface Credential {
  id: number;
  userId: number;
  kind: CalendarKind | 'ics-feed';
  email: string;
  urls: string[];
  isReadOnly: boolean;
  health: CredentialHealth;
}

export interface CalendarChoice {
  userId: number;
  integration: string;
  externalId: string;
  credentialId: number | null;
}

export interface DestinationCalendar extends CalendarChoice {
  id: number;
  primaryEmail: string;
}

/** What stands in a linked calendar besides bookings. */
export interface BusyTime {
  credentialId: number;
  externalId: string;
  startsAt: Date;
  endsAt: Date;
}

export type WebhookOwner =
  { kind: 'client'; clientId: string } | { kind: 'user'; userId: number } | { kind: 'event-type'; eventTypeId: number };

export interface Webhook {
  id: string;
  owner: WebhookOwner;
  subscriberUrl: string;
  triggers: string[];
  isActive: boolean;
  payloadTemplate: string | null;
  secret: string | null;
}

export interface ApiKey {
  key: string;
  userId: number;
  /** Requests a minute, when it has a limit of its own (contract 2.4). */
  limit: number | null;
}
