/** Only what changed since the cursor, or everything in the window. Readings of bookings have no cursor. */
export const SYNC_MODES = ['changes', 'full'] as const;
export type SyncMode = (typeof SYNC_MODES)[number];

/** Why everything is read. */
export const FULL_REASONS = [
  /** Nothing had been read so far. */
  'first_import',
  /** The provider no longer knew the cursor. */
  'cursor_expired',
  /** The window that the cursor was good for had grown old. */
  'window_aged',
  /** The provider no longer knew the page on which the reading stood. */
  'page_expired',
  'requested',
  /** Another calendar was chosen, or more of the same. */
  'calendar_changed',
  /** Something may have been missed while nothing was pushed. */
  'recovery',
  /** Once a day nothing is taken from the provider's word for what has changed. */
  'daily_check',
] as const;
export type FullReason = (typeof FULL_REASONS)[number];
