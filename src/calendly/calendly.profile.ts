/** What is peculiar to Calendly, as data. Source of each line: the provider's pages named in docs/providers/calendly.md. */
export const CALENDLY = {
  id: 'calendly',
  displayName: 'Calendly',
  /** Everything the product reads, and the subscriptions it makes; nothing that writes to a person's calendar. */
  scopes: ['users:read', 'organizations:read', 'event_types:read', 'scheduled_events:read', 'webhooks:write'],
  /** The most a list may be asked for. */
  pageSize: 100,
  /** Limits count per user over all applications (500 a minute when paid, 50 when free): leave room for others. */
  concurrency: 4,
  /** `Calendly-Webhook-Signature` is refused when its time is further away than this. */
  signatureToleranceSeconds: 180,
  /** `invitee.rescheduled` does not exist: a move is one of each of the first two. */
  webhookEvents: ['invitee.created', 'invitee.canceled', 'invitee_no_show.created', 'invitee_no_show.deleted'],
  /** Without a rate header, the longest wait that Calendly speaks of. */
  rateLimitSeconds: 60,
} as const;
