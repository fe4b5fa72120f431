/** Which calendar a reading mirrors, and which reading it is. */
export interface MirrorTarget {
  readonly integrationId: string;
  readonly calendarId: string;
  readonly runId: string;
  /** Whether events of others are kept; our own copies are watched in any case. */
  readonly imports: boolean;
}

/** An event, or one of our copies, that a reading would remove. */
export interface Removal {
  readonly kind: 'event' | 'copy';
  readonly id: string;
  readonly external_id: string;
  readonly is_certain: boolean;
}
