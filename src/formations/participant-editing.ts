import { Injectable } from '@nestjs/common';
import type { Session } from '../accounts/index.js';
import type { Transaction } from '../platform/database/transaction.js';
import { Problem } from '../platform/errors/problem.js';
import { FormationDetails } from './formation-detail.js';
import { FormationEditing } from './formation-editing.js';
import type { ParticipantRow } from './formation-participant.row.js';
import { formationParticipantNotFound } from './formations.problems.js';
import {
  addParticipants,
  changeParticipant,
  type NewParticipant,
  type ParticipantWriting,
  removeParticipant,
} from './participant-list.js';
import type { ParticipantCalendarView } from './session-copies.js';

export interface ParticipantDetail {
  readonly participant: ParticipantRow;
  readonly calendars: readonly ParticipantCalendarView[];
}

/** What people do with single participants. */
@Injectable()
export class ParticipantEditing {
  constructor(
    private readonly editing: FormationEditing,
    private readonly details: FormationDetails,
  ) {}

  add(session: Session, formationId: string, writing: NewParticipant): Promise<ParticipantDetail> {
    return this.editing.edit(
      session,
      formationId,
      (tx) => addParticipants(tx, formationId, [writing], () => ''),
      (tx, [added = '']) => this.get(tx, formationId, added),
    );
  }

  change(
    session: Session,
    formationId: string,
    participantId: string,
    writing: ParticipantWriting,
  ): Promise<ParticipantDetail> {
    return this.editing.edit(
      session,
      formationId,
      (tx) => changeParticipant(tx, formationId, participantId, writing),
      (tx) => this.get(tx, formationId, participantId),
    );
  }

  remove(session: Session, formationId: string, participantId: string): Promise<void> {
    return this.editing.edit(
      session,
      formationId,
      (tx) => removeParticipant(tx, formationId, participantId),
      () => Promise.resolve(),
    );
  }

  private async get(tx: Transaction, formationId: string, participantId: string): Promise<ParticipantDetail> {
    const { participants, copies } = await this.details.get(tx, formationId);
    const participant = participants.find(({ id }) => id === participantId);
    if (participant === undefined) throw new Problem(formationParticipantNotFound);
    return { participant, calendars: copies.byParticipant.get(participantId) ?? [] };
  }
}
