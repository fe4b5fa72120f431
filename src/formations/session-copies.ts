import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';

/** How a session stands in one external calendar. */
export interface SessionCopyView {
  /** As existing routes name it: `google`, `outlook`. */
  readonly provider: string;
  /** Whose calendar it is; null for somebody who does not take part. */
  readonly participant_id: string | null;
  readonly state: string;
  /** A stable code of what went wrong. */
  readonly error: string | null;
  readonly html_link: string | null;
  /** The event's id at the provider. */
  readonly event_id: string | null;
  readonly updated_at: Date;
}

export const PARTICIPANT_CALENDAR_STATES = ['in_calendar', 'not_connected', 'refused', 'failed', 'pending'] as const;

/** Whether a participant has the dates in a calendar of theirs, and if not, why. */
export interface ParticipantCalendarView {
  readonly state: (typeof PARTICIPANT_CALENDAR_STATES)[number];
  readonly provider: string | null;
  readonly reason: string | null;
}

/** What two sides can have changed at once; `existence`: changed on one, deleted on the other. */
export const CONFLICT_FIELDS = ['title', 'description', 'location', 'schedule', 'existence'] as const;

/** Two edits of one thing: what each side wanted, and whose was kept. */
export interface ConflictView {
  readonly id: string;
  readonly session_id: string;
  readonly field: (typeof CONFLICT_FIELDS)[number];
  readonly ours: unknown;
  readonly theirs: unknown;
  readonly kept: 'ours' | 'theirs';
  readonly found_at: Date;
}

export interface CopiesDescription {
  readonly bySession: ReadonlyMap<string, readonly SessionCopyView[]>;
  readonly byParticipant: ReadonlyMap<string, readonly ParticipantCalendarView[]>;
  readonly conflicts: readonly ConflictView[];
}

export interface ProvidesSessionCopies {
  describe(tx: Transaction, formationId: string): Promise<CopiesDescription>;
}

/** Where whoever keeps copies says so: this room shows them, and knows nothing of calendars. */
@Injectable()
export class SessionCopies {
  private reader: ProvidesSessionCopies = {
    describe: () => Promise.resolve({ bySession: new Map(), byParticipant: new Map(), conflicts: [] }),
  };

  readFrom(reader: ProvidesSessionCopies): void {
    this.reader = reader;
  }

  describe(tx: Transaction, formationId: string): Promise<CopiesDescription> {
    return this.reader.describe(tx, formationId);
  }
}
