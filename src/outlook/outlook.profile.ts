/** What is peculiar to Outlook, as data. Source of each line: the provider's pages named in docs/providers/outlook.md. */
export const OUTLOOK = {
  id: 'outlook',
  displayName: 'Outlook',
  /** How existing routes and answers name it. */
  type: 'outlook',
  /** `offline_access` is what brings a refresh token, `openid` what tells whose it is. */
  scopes: ['openid', 'profile', 'email', 'offline_access', 'User.Read', 'Calendars.ReadWrite'],
  /** A grant to write holds the one to read. */
  calendarScopes: { read: ['Calendars.Read'], write: ['Calendars.ReadWrite'] },
  /** A refresh token dies after 90 days without use. */
  refreshAtLeastEveryDays: 25,
  daysBack: 30,
  daysAhead: 180,
  /** The window of a delta link stands still while time goes on. */
  rebaseDays: 7,
  /** Events asked for at once, each with its whole text, and fewer where the answer grows too large. */
  pageSizes: [100, 20, 4],
  /** The most a list of calendars or subscriptions may be asked for. */
  listSize: 100,
  /** As many requests as a mailbox allows one application at once. */
  concurrency: 4,
  /** 6 days and 20 hours: Graph allows a little less than seven days. */
  channelMinutes: (6 * 24 + 20) * 60,
  renewAfterFraction: 0.5,
  handshakeMs: 25_000,
  channelChanges: 'created,updated,deleted',
  /** Where the copy's id stands in an event: a named property of our own, which no Outlook shows. */
  markerProperty: 'String {b3c9a6a0-5d0e-4f5b-9f1c-6f2f6f1d7a11} Name PasserelleCopy',
  /** When Graph asks to wait without saying how long. */
  rateLimitSeconds: 30,
  longestWaitSeconds: 24 * 3_600,
  /** Where people take access away: those of organizations, and those of Microsoft itself. */
  accessPages: { work: 'https://myapplications.microsoft.com', personal: 'https://account.live.com/consent/Manage' },
} as const;
