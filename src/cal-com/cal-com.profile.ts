/** What is peculiar to Cal.com, as data. Source of each line: the provider's pages named in docs/providers/cal-com.md. */
export const CAL_COM = {
  id: 'cal-com',
  displayName: 'Cal.com',
  /** In `source` fields and notification types. */
  source: 'calcom',
  /** What is read, the webhook, and the calendars that are linked there; nothing that books or cancels. */
  scopes: [
    'PROFILE_READ',
    'BOOKING_READ',
    'EVENT_TYPE_READ',
    'APPS_READ',
    'APPS_WRITE',
    'WEBHOOK_READ',
    'WEBHOOK_WRITE',
  ],
  /** Without the header, or with another value, an older form answers and says nothing about it. */
  versions: { bookings: '2024-08-13', eventTypes: '2024-06-14' },
  /** What a page of bookings holds unless one asks for another number. */
  pageSize: 100,
  /** Each listed booking brings its people with it: readings of one account need no calls side by side. */
  concurrency: 1,
  webhookPath: '/api/cal/webhook',
  webhookEvents: [
    'BOOKING_CREATED',
    'BOOKING_REQUESTED',
    'BOOKING_RESCHEDULED',
    'BOOKING_CANCELLED',
    'BOOKING_REJECTED',
    'BOOKING_NO_SHOW_UPDATED',
  ],
  /** Without a rate header, as long as Cal.com blocks. */
  rateLimitSeconds: 60,
  /** An API key lives until somebody deletes it; it is asked once in a while whether that has happened. */
  apiKeyDays: 30,
} as const;

export const CALENDAR_TYPES = ['google', 'office365'] as const;
/** The two kinds of calendars that are linked by consent, in the words of Cal.com and of our routes. */
export type CalendarType = (typeof CALENDAR_TYPES)[number];
