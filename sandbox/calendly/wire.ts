import type { Links } from './links.js';
import type {
  Account,
  Cancellation,
  EventType,
  Invitee,
  RoutingFormSubmission,
  ScheduledEvent,
  WebhookSubscription,
} from './model.js';
import type { Store } from './store.js';
import { toWireTime } from './wire-time.js';

/** On every resource and listed nowhere: a client must ignore what it does not know (contract 6). */
const unlisted = { sandbox_unlisted: { note: 'not part of the documented answer' } };

/** Our rows in Calendly's shapes (contract 4 and 5). Every field is named, so that what goes out can be read here. */
export class Wire {
  constructor(
    private readonly store: Store,
    private readonly links: Links,
  ) {}

  user(account: Account) {
    return {
      uri: this.links.to('users', account.id),
      resource_type: 'User',
      name: account.name,
      slug: account.slug,
      email: account.email,
      scheduling_url: `${this.links.site}/${account.slug}`,
      timezone: account.timezone,
      locale: 'fr',
      avatar_url: null,
      created_at: toWireTime(account.createdAt),
      updated_at: toWireTime(account.updatedAt),
      current_organization: this.links.to('organizations', account.organizationId),
      ...unlisted,
    };
  }

  membership(account: Account) {
    const { current_organization: _current, sandbox_unlisted: _extra, ...user } = this.user(account);
    return {
      uri: this.links.to('organization_memberships', account.membershipId),
      role: account.role,
      user,
      organization: this.links.to('organizations', account.organizationId),
      created_at: toWireTime(account.createdAt),
      updated_at: toWireTime(account.updatedAt),
      ...unlisted,
    };
  }

  eventType(eventType: EventType) {
    const owner = this.store.accounts.get(eventType.ownerId);
    return {
      uri: this.links.to('event_types', eventType.id),
      name: eventType.name,
      active: eventType.isActive,
      slug: eventType.slug,
      scheduling_url: `${this.links.site}/${owner?.slug ?? ''}/${eventType.slug}`,
      duration: eventType.durationMinutes,
      duration_options: null,
      kind: eventType.kind,
      kind_description: eventType.kind === 'group' ? 'Group' : 'One-on-One',
      pooling_type: null,
      type: 'StandardEventType',
      color: '#0069ff',
      internal_note: null,
      description_plain: eventType.name,
      description_html: `<p>${eventType.name}</p>`,
      profile: { type: 'User', name: owner?.name ?? '', owner: this.links.to('users', eventType.ownerId) },
      secret: false,
      booking_method: 'instant',
      custom_questions: eventType.questions.map((question, position) => ({
        name: question.name,
        type: question.type,
        position,
        enabled: true,
        required: question.required,
        answer_choices: question.answerChoices,
        include_other: false,
      })),
      is_paid: false,
      locations: [{ kind: eventType.locationType }],
      position: eventType.position,
      locale: 'fr',
      admin_managed: false,
      created_at: toWireTime(eventType.createdAt),
      updated_at: toWireTime(eventType.updatedAt),
      deleted_at: eventType.deletedAt && toWireTime(eventType.deletedAt),
      ...unlisted,
    };
  }

  scheduledEvent(event: ScheduledEvent) {
    const bufferMs = event.bufferMinutes * 60_000;
    const buffered = {
      buffered_start_time: toWireTime(new Date(event.startsAt.getTime() - bufferMs)),
      buffered_end_time: toWireTime(new Date(event.endsAt.getTime() + bufferMs)),
    };
    const delivered = this.deliveredEvent(event);
    return {
      ...delivered,
      event_memberships: delivered.event_memberships.map((membership) => Object.assign(membership, buffered)),
      calendar_event: { kind: 'google', external_id: event.calendarEventId },
      ...unlisted,
    };
  }

  /** A delivery's event has neither buffers nor `calendar_event` (contract 5.3). */
  deliveredEvent(event: ScheduledEvent) {
    const host = this.store.hostOf(event);
    return {
      uri: this.links.to('scheduled_events', event.id),
      name: event.name,
      status: event.status,
      meeting_notes_plain: null,
      meeting_notes_html: null,
      start_time: toWireTime(event.startsAt),
      end_time: toWireTime(event.endsAt),
      event_type: this.links.to('event_types', event.eventTypeId),
      location: event.location && { ...event.location },
      invitees_counter: {
        total: event.invitees.length,
        active: event.invitees.filter((invitee) => invitee.status === 'active').length,
        limit: event.inviteeLimit,
      },
      created_at: toWireTime(event.createdAt),
      updated_at: toWireTime(event.updatedAt),
      event_memberships: [{ user: this.links.to('users', host.id), user_email: host.email, user_name: host.name }],
      event_guests: event.guests.map((guest) => ({
        email: guest.email,
        created_at: toWireTime(guest.createdAt),
        updated_at: toWireTime(guest.createdAt),
      })),
      ...withCancellation(event.cancellation),
    };
  }

  invitee(invitee: Invitee) {
    const { form } = invitee;
    return {
      uri: this.links.toInvitee(invitee),
      event: this.links.to('scheduled_events', invitee.eventId),
      email: form.email,
      name: form.name,
      first_name: form.firstName,
      last_name: form.lastName,
      status: invitee.status,
      canceled: invitee.status === 'canceled',
      timezone: form.timezone,
      questions_and_answers: form.questionsAndAnswers.map((line) => ({ ...line })),
      tracking: { ...form.tracking },
      text_reminder_number: form.textReminderNumber,
      rescheduled: invitee.isRescheduled,
      old_invitee: invitee.oldInvitee && this.links.toInvitee(invitee.oldInvitee),
      new_invitee: invitee.newInvitee && this.links.toInvitee(invitee.newInvitee),
      cancel_url: `${this.links.site}/cancellations/${invitee.id}`,
      reschedule_url: `${this.links.site}/reschedulings/${invitee.id}`,
      routing_form_submission:
        form.routingFormSubmissionId && this.links.to('routing_form_submissions', form.routingFormSubmissionId),
      payment: form.payment && { ...form.payment },
      no_show: invitee.noShow && {
        uri: this.links.to('invitee_no_shows', invitee.noShow.id),
        created_at: toWireTime(invitee.noShow.createdAt),
      },
      reconfirmation: null,
      scheduling_method: null,
      invitee_scheduled_by: null,
      created_at: toWireTime(invitee.createdAt),
      updated_at: toWireTime(invitee.updatedAt),
      ...withCancellation(invitee.cancellation),
      ...unlisted,
    };
  }

  inviteePayload(invitee: Invitee) {
    return { ...this.invitee(invitee), scheduled_event: this.deliveredEvent(this.store.eventOf(invitee)) };
  }

  noShow(invitee: Invitee) {
    if (!invitee.noShow) throw new Error(`invitee ${invitee.id} is not marked as a no-show`);
    return {
      uri: this.links.to('invitee_no_shows', invitee.noShow.id),
      invitee: this.links.toInvitee(invitee),
      created_at: toWireTime(invitee.noShow.createdAt),
      ...unlisted,
    };
  }

  routingFormSubmission(submission: RoutingFormSubmission) {
    return {
      uri: this.links.to('routing_form_submissions', submission.id),
      routing_form: this.links.to('routing_forms', submission.routingFormId),
      questions_and_answers: submission.questionsAndAnswers.map((line) => ({ ...line })),
      tracking: { ...submission.tracking },
      result: { type: 'event_type', value: this.links.to('event_types', submission.eventTypeId) },
      submitter: submission.submitter && this.links.toInvitee(submission.submitter),
      submitter_type: submission.submitter && 'Invitee',
      // Three digits: this resource is among those that show fewer (contract 5.3).
      created_at: submission.createdAt.toISOString(),
      updated_at: submission.updatedAt.toISOString(),
      ...unlisted,
    };
  }

  /** The signing key is never given back (contract 5.1). */
  subscription(subscription: WebhookSubscription) {
    return {
      uri: this.links.to('webhook_subscriptions', subscription.id),
      callback_url: subscription.callbackUrl,
      created_at: toWireTime(subscription.createdAt),
      updated_at: toWireTime(subscription.updatedAt),
      retry_started_at: subscription.retryStartedAt && toWireTime(subscription.retryStartedAt),
      state: subscription.state,
      events: [...subscription.events],
      scope: subscription.scope,
      organization: this.links.to('organizations', subscription.organizationId),
      user: subscription.userId && this.links.to('users', subscription.userId),
      group: null,
      creator: this.links.to('users', subscription.creatorId),
      ...unlisted,
    };
  }
}

export type WireScheduledEvent = ReturnType<Wire['scheduledEvent']>;
export type WireInvitee = ReturnType<Wire['invitee']>;
export type WireSubscription = ReturnType<Wire['subscription']>;

export function toWireCancellation(cancellation: Cancellation) {
  return {
    canceled_by: cancellation.canceledBy,
    reason: cancellation.reason,
    canceler_type: cancellation.cancelerType,
    created_at: toWireTime(cancellation.createdAt),
  };
}

/** The key is absent, not null, on what is not canceled (contract 4.2). */
function withCancellation(cancellation: Cancellation | null) {
  return cancellation ? { cancellation: toWireCancellation(cancellation) } : {};
}
