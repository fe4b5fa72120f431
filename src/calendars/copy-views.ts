import { Injectable } from '@nestjs/common';
import {
  type ConflictView,
  type CopiesDescription,
  FormationSessions,
  type ParticipantCalendarView,
  type ProvidesSessionCopies,
  type SessionCopyView,
} from '../formations/index.js';
import { Integrations } from '../integrations/index.js';
import type { Transaction } from '../platform/database/transaction.js';
import { calendarSettingsOf } from './calendar-settings.js';
import { CalendarTypes } from './calendar-types.js';
import { CopyConflicts } from './copy-conflicts.js';
import type { Copy, CopyState } from './copy.row.js';

type ShownCopy = Pick<Copy, 'session_id' | 'state' | 'error_code' | 'html_link' | 'external_id' | 'updated_at'> & {
  provider: string;
  user_id: string;
};

const PARTICIPANT_STATE: Record<CopyState, ParticipantCalendarView['state'] | null> = {
  pending: 'pending',
  synced: 'in_calendar',
  failed: 'failed',
  refused: 'refused',
  removing: null,
  removed: null,
};

/** The worst first: that is what a person should be told. */
const ORDER: ParticipantCalendarView['state'][] = ['failed', 'refused', 'pending', 'in_calendar'];

/** How a formation stands in everybody's calendars, for the page of that formation. */
@Injectable()
export class CopyViews implements ProvidesSessionCopies {
  constructor(
    private readonly formations: FormationSessions,
    private readonly integrations: Integrations,
    private readonly types: CalendarTypes,
    private readonly conflicts: CopyConflicts,
  ) {}

  async describe(tx: Transaction, formationId: string): Promise<CopiesDescription> {
    const copies = await this.listCopies(tx, formationId);
    const sessions = await this.formations.listForExport(tx, formationId);
    const people = new Map(
      sessions.flatMap(({ participants }) => participants.map((person) => [person.participantId, person.userId])),
    );
    const participantOf = new Map([...people].map(([participantId, userId]) => [userId, participantId]));
    const bySession = new Map<string, SessionCopyView[]>();
    for (const copy of copies) {
      const views = bySession.get(copy.session_id) ?? [];
      views.push(this.toView(copy, participantOf.get(copy.user_id) ?? null));
      bySession.set(copy.session_id, views);
    }
    const byParticipant = new Map<string, ParticipantCalendarView[]>();
    for (const [participantId, userId] of people) {
      byParticipant.set(participantId, await this.describePerson(tx, userId, copies));
    }
    return {
      bySession,
      byParticipant,
      conflicts: (await this.conflicts.listOfFormation(tx, formationId)).map(toConflict),
    };
  }

  private listCopies(tx: Transaction, formationId: string): Promise<ShownCopy[]> {
    return tx.query<ShownCopy>(
      `SELECT c.session_id, c.state, c.error_code, c.html_link, c.external_id, c.updated_at, i.provider, i.user_id
       FROM copies c
       JOIN formation_sessions s ON s.id = c.session_id
       JOIN integrations i ON i.id = c.integration_id
       WHERE c.organization_id = $1 AND s.formation_id = $2 AND c.state <> 'removed' ORDER BY c.id`,
      [tx.organizationId, formationId],
    );
  }

  /** Calendar by calendar; without one, that there is none. */
  private async describePerson(
    tx: Transaction,
    userId: string | null,
    copies: readonly ShownCopy[],
  ): Promise<ParticipantCalendarView[]> {
    const views: ParticipantCalendarView[] = [];
    for (const { id, calendar } of userId === null ? [] : this.types.list()) {
      const own = copies.filter((copy) => copy.user_id === userId && copy.provider === id);
      const worst = own
        .map(({ state, error_code }) => ({ state: PARTICIPANT_STATE[state], reason: error_code }))
        .filter(
          (view): view is { state: ParticipantCalendarView['state']; reason: string | null } => view.state !== null,
        )
        .toSorted((one, other) => ORDER.indexOf(one.state) - ORDER.indexOf(other.state))[0];
      if (worst) views.push({ provider: calendar.type, ...worst });
      else if (await this.isConnected(tx, id, userId))
        views.push({ provider: calendar.type, state: 'pending', reason: null });
    }
    return views.length > 0 ? views : [{ provider: null, state: 'not_connected', reason: null }];
  }

  private async isConnected(tx: Transaction, providerId: string, userId: string | null): Promise<boolean> {
    const live = await this.integrations.listLive(tx, providerId);
    return live.some((integration) => integration.user_id === userId && calendarSettingsOf(integration).export);
  }

  private toView(copy: ShownCopy, participantId: string | null): SessionCopyView {
    const type = this.types.list().find(({ id }) => id === copy.provider)?.calendar.type;
    return {
      provider: type ?? copy.provider,
      participant_id: participantId,
      state: copy.state,
      error: copy.error_code,
      html_link: copy.html_link,
      event_id: copy.external_id,
      updated_at: copy.updated_at,
    };
  }
}

function toConflict(conflict: ConflictView): ConflictView {
  const { id, session_id, field, ours, theirs, kept, found_at } = conflict;
  return { id, session_id, field, ours, theirs, kept, found_at };
}
