import { z } from 'zod';
import { badRequest, GraphError } from './graph-error.js';

/**
 * What an event may be written with, by the names and words of the OpenAPI description. A name it does not know is
 * refused, as Graph does; what only the service may set is taken and left aside.
 */

const text = z.string().nullable();
const flag = z.boolean().nullable();
const readOnly = z.unknown().optional();
const day = z.enum(['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday']);
const date = z.iso.date();

export const dateTimeTimeZone = z.strictObject({ dateTime: z.string(), timeZone: text.optional() });

const locationBody = z.strictObject({
  displayName: text.optional(),
  locationType: z.string().optional(),
  locationUri: text.optional(),
  locationEmailAddress: text.optional(),
  uniqueId: text.optional(),
  uniqueIdType: z.string().optional(),
  address: z.record(z.string(), z.unknown()).nullable().optional(),
  coordinates: z.record(z.string(), z.unknown()).nullable().optional(),
});

const attendee = z.strictObject({
  type: z.enum(['required', 'optional', 'resource']).default('required'),
  emailAddress: z.strictObject({ address: z.string().min(1), name: text.optional() }),
  status: readOnly,
  proposedNewTime: readOnly,
});

export const recurrenceBody = z.strictObject({
  pattern: z.strictObject({
    type: z.enum(['daily', 'weekly', 'absoluteMonthly', 'relativeMonthly', 'absoluteYearly', 'relativeYearly']),
    interval: z.int().min(1).max(999),
    month: z.int().min(0).max(12).default(0),
    dayOfMonth: z.int().min(0).max(31).default(0),
    daysOfWeek: z.array(day).default([]),
    firstDayOfWeek: day.default('sunday'),
    index: z.enum(['first', 'second', 'third', 'fourth', 'last']).default('first'),
  }),
  range: z.strictObject({
    type: z.enum(['endDate', 'noEnd', 'numbered']),
    startDate: date,
    endDate: date.nullable().optional(),
    numberOfOccurrences: z.int().min(0).max(999).default(0),
    recurrenceTimeZone: text.optional(),
  }),
});

const extendedProperty = z.strictObject({
  id: z
    .string()
    .regex(
      /^(String|Boolean|Integer|Long|Double|CLSID|Currency|Short|SystemTime) ((\{[0-9a-f-]{36}\} (Name \S.*|Id 0x[0-9a-f]+))|(0x[0-9a-f]+))$/i,
    ),
  value: z.string(),
});

export const eventBody = z.strictObject({
  subject: text.optional(),
  body: z.strictObject({ contentType: z.enum(['text', 'html']).default('text'), content: text.optional() }).optional(),
  start: dateTimeTimeZone.optional(),
  end: dateTimeTimeZone.optional(),
  isAllDay: flag.optional(),
  location: locationBody.nullable().optional(),
  locations: z.array(locationBody).optional(),
  attendees: z.array(attendee).max(500, 'holds more than 500 attendees').optional(),
  importance: z.enum(['low', 'normal', 'high']).optional(),
  sensitivity: z.enum(['normal', 'personal', 'private', 'confidential']).optional(),
  showAs: z.enum(['free', 'tentative', 'busy', 'oof', 'workingElsewhere', 'unknown']).optional(),
  categories: z.array(z.string()).optional(),
  isReminderOn: flag.optional(),
  reminderMinutesBeforeStart: z.int().nullable().optional(),
  allowNewTimeProposals: flag.optional(),
  hideAttendees: flag.optional(),
  responseRequested: flag.optional(),
  isOnlineMeeting: flag.optional(),
  onlineMeetingProvider: z.enum(['unknown', 'teamsForBusiness', 'skypeForBusiness', 'skypeForConsumer']).optional(),
  recurrence: recurrenceBody.nullable().optional(),
  transactionId: text.optional(),
  singleValueExtendedProperties: z.array(extendedProperty).optional(),
  ...Object.fromEntries(
    [
      'id',
      'createdDateTime',
      'lastModifiedDateTime',
      'changeKey',
      'iCalUId',
      'webLink',
      'bodyPreview',
      'hasAttachments',
      'isCancelled',
      'isDraft',
      'isOrganizer',
      'onlineMeeting',
      'onlineMeetingUrl',
      'organizer',
      'originalStart',
      'originalStartTimeZone',
      'originalEndTimeZone',
      'responseStatus',
      'seriesMasterId',
      'type',
    ].map((name) => [name, readOnly]),
  ),
});

export type EventBody = z.output<typeof eventBody>;
export type RecurrenceBody = z.output<typeof recurrenceBody>;

export function readGraphBody<S extends z.ZodType>(schema: S, body: unknown): z.output<S> {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    throw badRequest('Unable to read JSON request payload. Please ensure Content-Type header is set.', 'BadRequest');
  }
  const outcome = schema.safeParse(withoutAnnotations(body));
  if (outcome.success) return outcome.data;
  const issue = outcome.error.issues[0];
  const unknown = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const path = [...(issue?.path ?? []), ...unknown].map(String).join('/');
  throw new GraphError(400, 'RequestBodyRead', `The property '${path}' ${issue?.message ?? 'is not valid'}`);
}

/** `@odata.etag` and the like come back with an object that was read and is sent again. */
function withoutAnnotations(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAnnotations);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !name.includes('@'))
      .map(([name, part]) => [name, withoutAnnotations(part)]),
  );
}
