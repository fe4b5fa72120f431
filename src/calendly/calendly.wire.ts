import { z } from 'zod';

// The fields of Calendly's objects that we read, checked at the door. Anything else an answer holds is left alone.

/** PostgreSQL stores neither NUL nor half a surrogate pair; a name that holds one is still a name. */
const text = z
  .string()
  .max(20_000)
  .transform((value) => value.toWellFormed().replaceAll('\0', ''));

const instant = z.iso.datetime({ offset: true }).transform((value) => new Date(value));

const uri = z.string().max(1_024);

const cancellation = z.object({
  reason: text.nullish(),
  canceler_type: z.enum(['host', 'invitee']).nullish().catch(null),
});

/** Kinds are many and grow; only what is common to some of them is read. */
const location = z.object({
  type: text.nullish(),
  location: text.nullish().catch(null),
  additional_info: text.nullish().catch(null),
  status: text.nullish().catch(null),
  join_url: text.nullish().catch(null),
});

export const scheduledEventWire = z.object({
  uri,
  name: text.nullable(),
  status: z.enum(['active', 'canceled']),
  start_time: instant,
  end_time: instant,
  event_type: uri.nullish(),
  location: location.nullish(),
  invitees_counter: z.object({ total: z.number(), active: z.number() }),
  created_at: instant,
  updated_at: instant,
  event_memberships: z.array(z.object({ user: uri })).max(1_000),
});
export type ScheduledEventWire = z.infer<typeof scheduledEventWire>;

export const inviteeWire = z.object({
  uri,
  event: uri,
  email: text.nullish(),
  name: text,
  first_name: text.nullish(),
  last_name: text.nullish(),
  status: z.enum(['active', 'canceled']),
  timezone: text.nullish(),
  questions_and_answers: z
    .array(z.object({ question: text, answer: text, position: z.number().int().catch(0) }))
    .max(200)
    .nullish(),
  tracking: z.record(z.string().max(100), text.nullable()).nullish(),
  text_reminder_number: text.nullish(),
  rescheduled: z.boolean(),
  old_invitee: uri.nullish(),
  new_invitee: uri.nullish(),
  cancellation: cancellation.nullish(),
  no_show: z.object({ created_at: instant }).nullish(),
  created_at: instant,
  updated_at: instant,
});
export type InviteeWire = z.infer<typeof inviteeWire>;

const pagination = z.object({ next_page_token: z.string().max(4_096).nullish() });

export const eventListWire = z.object({ collection: z.array(scheduledEventWire).max(100), pagination });
export const inviteeListWire = z.object({ collection: z.array(inviteeWire).max(100), pagination });
export const inviteeResourceWire = z.object({ resource: inviteeWire });
export const eventResourceWire = z.object({ resource: scheduledEventWire });

export const userResourceWire = z.object({
  resource: z.object({
    uri,
    name: text.nullish(),
    email: z.email().max(254),
    scheduling_url: z.string().max(1_024).nullish(),
    timezone: text.nullish(),
    current_organization: uri,
  }),
});

export const subscriptionResourceWire = z.object({
  resource: z.object({ uri, state: z.enum(['active', 'disabled']), retry_started_at: z.string().nullish() }),
});

/** Of others' installations too, so that nothing is asked of where they lead. */
export const subscriptionListWire = z.object({
  collection: z.array(z.object({ uri, callback_url: z.string() })).max(100),
  pagination,
});

export const deliveryEnvelopeWire = z.object({
  event: z.string().max(100),
  created_at: z.string().max(64),
  created_by: uri.nullish(),
  payload: z.record(z.string(), z.unknown()),
});

/**
 * The flat form that older receivers were written for: no address of anything, no moment, and of a cancellation not even
 * the appointment.
 */
export const flatDeliveryWire = z.object({
  event: z.enum(['invitee.created', 'invitee.canceled']),
  created_at: instant.nullish().catch(null),
  payload: z.object({
    // What has an address is not flat.
    uri: z.undefined().optional(),
    name: text.pipe(z.string().min(1)),
    email: z.email().max(254),
    event_type_name: text.nullish(),
    timezone: text.nullish(),
    scheduled_event: z.object({ uri: z.undefined().optional(), start_time: instant, end_time: instant }).nullish(),
    questions_and_answers: z
      .array(z.object({ question: text, answer: text, position: z.number().int().nullish().catch(null) }))
      .max(200)
      .nullish(),
  }),
});
export type FlatDeliveryWire = z.infer<typeof flatDeliveryWire>;

export const inviteePayloadWire = inviteeWire.extend({ scheduled_event: scheduledEventWire });
