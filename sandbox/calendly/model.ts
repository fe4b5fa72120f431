/** Plans as far as they change behaviour: webhooks and the request budget (contract 3). They belong to an organization. */
export type Plan = 'free' | 'paid';
export type Role = 'user' | 'admin' | 'owner';
export type CancelerType = 'host' | 'invitee';

export interface Organization {
  id: string;
  plan: Plan;
}

export interface Account {
  id: string;
  membershipId: string;
  organizationId: string;
  role: Role;
  name: string;
  slug: string;
  email: string;
  timezone: string;
  createdAt: Date;
  updatedAt: Date;
}

export interface CustomQuestion {
  name: string;
  type: 'string' | 'text' | 'phone_number' | 'single_select' | 'multi_select';
  required: boolean;
  answerChoices: string[];
}

export interface EventType {
  id: string;
  ownerId: string;
  name: string;
  slug: string;
  durationMinutes: number;
  bufferMinutes: number;
  kind: 'solo' | 'group';
  inviteeLimit: number;
  locationType: 'google_conference' | 'microsoft_teams_conference' | 'physical';
  questions: CustomQuestion[];
  position: number;
  isActive: boolean;
  createdAt: Date;
  updatedAt: Date;
  deletedAt: Date | null;
}

/** As it is read, discriminated by `type` (contract 4.2). Kept in the wire's own shape, since nothing here acts on it. */
export interface Location {
  type: string;
  status?: 'initiated' | 'processing' | 'pushed' | 'failed';
  join_url?: string | null;
  location?: string | null;
  additional_info?: string;
  data?: Record<string, unknown> | null;
}

export interface Cancellation {
  canceledBy: string;
  reason: string | null;
  cancelerType: CancelerType;
  createdAt: Date;
}

export interface Guest {
  email: string;
  createdAt: Date;
}

export interface ScheduledEvent {
  id: string;
  eventTypeId: string;
  hostId: string;
  organizationId: string;
  name: string | null;
  status: 'active' | 'canceled';
  startsAt: Date;
  endsAt: Date;
  bufferMinutes: number;
  inviteeLimit: number;
  location: Location | null;
  guests: Guest[];
  invitees: Invitee[];
  cancellation: Cancellation | null;
  calendarEventId: string;
  createdAt: Date;
  updatedAt: Date;
}

export interface QuestionAndAnswer {
  question: string;
  answer: string;
  position: number;
}

export interface Tracking {
  utm_campaign: string | null;
  utm_source: string | null;
  utm_medium: string | null;
  utm_content: string | null;
  utm_term: string | null;
  salesforce_uuid: string | null;
}

export interface Payment {
  external_id: string;
  provider: 'stripe' | 'paypal';
  amount: number | string;
  currency: 'AUD' | 'CAD' | 'EUR' | 'GBP' | 'USD';
  terms: string | null;
  successful: boolean;
}

/** What an invitee gave on the booking form. It follows him to the next event when he moves. */
export interface BookingForm {
  email: string;
  name: string;
  firstName: string | null;
  lastName: string | null;
  timezone: string | null;
  textReminderNumber: string | null;
  questionsAndAnswers: QuestionAndAnswer[];
  tracking: Tracking;
  payment: Payment | null;
  routingFormSubmissionId: string | null;
}

export interface Invitee {
  id: string;
  eventId: string;
  form: BookingForm;
  status: 'active' | 'canceled';
  isRescheduled: boolean;
  /** Rescheduling links invitees, not events (contract 4.3). */
  oldInvitee: Invitee | null;
  newInvitee: Invitee | null;
  noShow: { id: string; createdAt: Date } | null;
  cancellation: Cancellation | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface RoutingFormSubmission {
  id: string;
  routingFormId: string;
  organizationId: string;
  questionsAndAnswers: { question_uuid: string; question: string; answer: string }[];
  tracking: Tracking;
  eventTypeId: string;
  submitter: Invitee | null;
  createdAt: Date;
  updatedAt: Date;
}

export interface WebhookSubscription {
  id: string;
  callbackUrl: string;
  events: string[];
  scope: 'organization' | 'user';
  organizationId: string;
  userId: string | null;
  creatorId: string;
  /** Null: deliveries go out unsigned, as for a personal token without a key (contract 5.4). */
  signingKey: string | null;
  state: 'active' | 'disabled';
  retryStartedAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}
