import { z } from 'zod';
import { invalid } from './api-error.js';

export const eventTypes = ['birthday', 'default', 'focusTime', 'fromGmail', 'outOfOffice', 'workingLocation'] as const;
export type EventType = (typeof eventTypes)[number];

const text = z.string().nullable().optional();
const flag = z.boolean().nullable().optional();
const properties = z.record(z.string(), z.string().nullable()).nullable().optional();

const eventTime = z.object({ date: text, dateTime: text, timeZone: text }).nullable().optional();

const attendee = z.object({
  email: z.string().optional(),
  displayName: z.string().optional(),
  optional: z.boolean().optional(),
  resource: z.boolean().optional(),
  comment: z.string().optional(),
  additionalGuests: z.number().int().nonnegative().optional(),
  responseStatus: z.enum(['needsAction', 'declined', 'tentative', 'accepted']).optional(),
});

const reminders = z
  .object({
    useDefault: flag,
    overrides: z
      .array(z.object({ method: z.enum(['email', 'popup']), minutes: z.number().int().min(0).max(40_320) }))
      .max(5)
      .nullable()
      .optional(),
  })
  .nullable()
  .optional();

const attachment = z.object({ fileUrl: z.string(), title: text, mimeType: text, iconLink: text });
const ofEventType = z.record(z.string(), z.unknown()).nullable().optional();

/**
 * The fields of an event that a caller may write, each of the type the discovery document gives it. `null` clears one.
 * What is read-only or unknown is passed over, as the real service does.
 */
const eventBody = z.object({
  id: z.string().optional(),
  iCalUID: z.string().optional(),
  status: z.enum(['confirmed', 'tentative', 'cancelled']).nullable().optional(),
  sequence: z.number().int().nonnegative().nullable().optional(),
  summary: text,
  description: text,
  location: text,
  colorId: text,
  eventLabelId: text,
  start: eventTime,
  end: eventTime,
  recurrence: z.array(z.string()).nullable().optional(),
  originalStartTime: eventTime,
  transparency: z.enum(['opaque', 'transparent']).nullable().optional(),
  visibility: z.enum(['default', 'public', 'private', 'confidential']).nullable().optional(),
  eventType: z.enum(eventTypes).nullable().optional(),
  attendees: z.array(attendee).nullable().optional(),
  attendeesOmitted: flag,
  organizer: z.object({ email: z.string().optional(), displayName: z.string().optional() }).nullable().optional(),
  anyoneCanAddSelf: flag,
  guestsCanInviteOthers: flag,
  guestsCanModify: flag,
  guestsCanSeeOtherGuests: flag,
  privateCopy: flag,
  extendedProperties: z.object({ private: properties, shared: properties }).nullable().optional(),
  reminders,
  source: z.object({ title: text, url: text }).nullable().optional(),
  attachments: z.array(attachment).max(25).nullable().optional(),
  conferenceData: z.record(z.string(), z.unknown()).nullable().optional(),
  outOfOfficeProperties: ofEventType,
  focusTimeProperties: ofEventType,
  workingLocationProperties: ofEventType,
  birthdayProperties: ofEventType,
});

export type EventBody = z.output<typeof eventBody>;
export type Attendee = z.output<typeof attendee> & { email: string };

/** One of two: `date` for whole days, else `dateTime`, kept as an instant, with the zone the caller named if any. */
export interface EventTimeFields {
  date?: string;
  dateTime?: string;
  timeZone?: string;
}

export interface ConferenceData {
  createRequest?: {
    requestId: string;
    conferenceSolutionKey: { type: string };
    status: { statusCode: 'pending' | 'success' | 'failure' };
  };
  conferenceId?: string;
  conferenceSolution?: unknown;
  entryPoints?: { entryPointType: string; uri: string }[];
  [more: string]: unknown;
}

/** What is kept of a body once it was checked: nothing is null, and times and lists are sound. */
export interface EventFields {
  summary?: string;
  description?: string;
  location?: string;
  colorId?: string;
  eventLabelId?: string;
  start: EventTimeFields;
  end: EventTimeFields;
  recurrence?: string[];
  transparency?: 'opaque' | 'transparent';
  visibility?: 'default' | 'public' | 'private' | 'confidential';
  eventType: EventType;
  attendees?: Attendee[];
  anyoneCanAddSelf?: boolean;
  guestsCanInviteOthers?: boolean;
  guestsCanModify?: boolean;
  guestsCanSeeOtherGuests?: boolean;
  privateCopy?: boolean;
  extendedProperties?: { private?: Record<string, string>; shared?: Record<string, string> };
  reminders: { useDefault: boolean; overrides?: { method: 'email' | 'popup'; minutes: number }[] };
  source?: { title?: string; url?: string };
  attachments?: unknown[];
  conferenceData?: ConferenceData;
  outOfOfficeProperties?: Record<string, unknown>;
  focusTimeProperties?: Record<string, unknown>;
  workingLocationProperties?: Record<string, unknown>;
  birthdayProperties?: Record<string, unknown>;
}

export function readEventBody(value: unknown): EventBody {
  const outcome = eventBody.safeParse(value ?? {});
  if (outcome.success) return outcome.data;
  const issue = outcome.error.issues[0];
  const path = issue?.path.map(String).join('.') ?? '';
  throw invalid(`Invalid value for: ${path === '' ? 'the event' : path}: ${issue?.message ?? 'unreadable'}`);
}
