import type { Scope } from './scopes.js';

type SubscriptionScope = 'organization' | 'user' | 'group';

interface WebhookEventRule {
  scopes: readonly SubscriptionScope[];
  readScope: Scope;
}

const everywhere = ['organization', 'user', 'group'] as const;
const bookings: WebhookEventRule = { scopes: everywhere, readScope: 'scheduled_events:read' };
const eventTypes: WebhookEventRule = { scopes: everywhere, readScope: 'event_types:read' };
const recaps: WebhookEventRule = { scopes: ['user'], readScope: 'meeting_recaps:read' };
const contacts: WebhookEventRule = { scopes: everywhere, readScope: 'contacts:read' };

/** Which subscriptions may name an event, and the scope it needs besides `webhooks:write` (contract 5.2). */
export const webhookEvents: ReadonlyMap<string, WebhookEventRule> = new Map([
  ['invitee.created', bookings],
  ['invitee.canceled', bookings],
  ['invitee_no_show.created', bookings],
  ['invitee_no_show.deleted', bookings],
  ['event_type.created', eventTypes],
  ['event_type.updated', eventTypes],
  ['event_type.deleted', eventTypes],
  ['routing_form_submission.created', { scopes: ['organization'], readScope: 'routing_forms:read' }],
  ['meeting_recap.created', recaps],
  ['meeting_recap.updated', recaps],
  ['meeting_recap.deleted', recaps],
  ['contact.created', contacts],
  ['contact.updated', contacts],
  ['contact.deleted', contacts],
]);

export type InviteeEventName =
  'invitee.created' | 'invitee.canceled' | 'invitee_no_show.created' | 'invitee_no_show.deleted';
