/** What is peculiar to Google Calendar, as data. Sources: the pages named in docs/providers/google-calendar.md. */
export const GOOGLE_CALENDAR = {
  id: 'google-calendar',
  displayName: 'Google Calendar',
  /** How routes and answers name it. */
  type: 'google',
  /** Events both ways, and the list to choose a calendar from, which the first does not include. */
  scopes: {
    identity: ['openid', 'email'],
    calendar: ['calendar.events', 'calendar.calendarlist.readonly'],
  },
  /** Appointments. Birthdays, working places, focus time and absences are a person's own affair. */
  eventTypes: ['default', 'fromGmail'],
  /** Events asked for at once, and fewer where people write so much into theirs that the answer grows too large. */
  pageSizes: [500, 100, 20],
  /** The most a list of calendars may be asked for. */
  calendarPageSize: 250,
  /** Calls of one mailbox at once: bursts on one calendar are limited below the quota. */
  concurrency: 4,
  daysBack: 30,
  daysAhead: 400,
  rebaseDays: 30,
  /** A week is what Google gives when nothing is asked for. There is no call to prolong a channel. */
  channelSeconds: 604_800,
  renewAfterFraction: 0.5,
  /** Without `Retry-After`: budgets count in sliding minutes, anti-abuse limits in hours. */
  rateLimitSeconds: 30,
  quotaPauseSeconds: 3_600,
  /** A refresh token that is not used for six months is taken back; this is well before. */
  refreshAtLeastEveryDays: 60,
  /** While the consent screen's publishing status is “Testing”. */
  testingGrantDays: 7,
  accessPage: 'https://myaccount.google.com/connections',
  /** The key of the private property that says which copy an event is. */
  marker: 'passerelleCopy',
} as const;
