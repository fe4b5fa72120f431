import { Injectable } from '@nestjs/common';
import { AuditTrail, Organizations, type Session } from '../accounts/index.js';
import { newId } from '../platform/database/identifiers.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { EventLog } from '../platform/logging/event-log.js';
import { type FormationDetail, FormationDetails } from './formation-detail.js';
import { FormationEditing } from './formation-editing.js';
import { type FormationPage, type FormationSearch, searchFormations } from './formation-search.js';
import {
  type FormationContent,
  type FormationRow,
  insertFormation,
  lockFormationRow,
  markFormationDeleted,
  updateFormation,
} from './formation.row.js';
import {
  addParticipants,
  type ListedParticipant,
  type NewParticipant,
  replaceParticipants,
} from './participant-list.js';
import type { SessionWriting } from './session-draft.js';
import { addSessions, type ListedSession, replaceSessions } from './session-list.js';

/** What a person writes; null empties a text, undefined leaves a field. */
export type FormationWriting = Partial<FormationContent>;

export interface NewFormation extends FormationWriting {
  readonly title: string;
  readonly sessions?: readonly SessionWriting[];
  readonly participants?: readonly NewParticipant[];
}

export interface FormationReplacement extends FormationWriting {
  readonly title: string;
  /** When given, all there are to be. */
  readonly sessions?: readonly ListedSession[];
  readonly participants?: readonly ListedParticipant[];
}

/** What people do with formations as a whole. */
@Injectable()
export class Formations {
  constructor(
    private readonly work: UnitOfWork,
    private readonly organizations: Organizations,
    private readonly details: FormationDetails,
    private readonly editing: FormationEditing,
    private readonly audit: AuditTrail,
    private readonly log: EventLog,
  ) {}

  list(session: Session, search: FormationSearch): Promise<FormationPage> {
    return this.work.inOrganization(session, (tx) => searchFormations(tx, search));
  }

  get(session: Session, id: string): Promise<FormationDetail> {
    return this.work.inOrganization(session, (tx) => this.details.get(tx, id));
  }

  create(session: Session, { sessions = [], participants = [], ...writing }: NewFormation): Promise<FormationDetail> {
    const id = newId();
    return this.work.inOrganization(session, async (tx) => {
      const { time_zone } = await this.organizations.get(tx);
      await insertFormation(tx, id, session.userId, { ...BLANK, time_zone, ...written(writing), title: writing.title });
      const formation = (await lockFormationRow(tx, id))!;
      await addParticipants(tx, id, participants, (index) => `/participants/${index}`);
      await addSessions(tx, formation, sessions, (index) => `/sessions/${index}`);
      await this.editing.settle(tx, id);
      this.log.event('formation.created', { formation_id: id });
      return await this.details.get(tx, id);
    });
  }

  update(session: Session, id: string, writing: FormationWriting): Promise<FormationDetail> {
    return this.editing.edit(
      session,
      id,
      async (tx, formation) => {
        await updateFormation(tx, id, { ...contentOf(formation), ...written(writing) });
        this.log.event('formation.updated', { formation_id: id });
      },
      (tx) => this.details.get(tx, id),
    );
  }

  /** Texts that are left out are emptied; what cannot be empty stays, and so do lists that are left out. */
  replace(session: Session, id: string, replacement: FormationReplacement): Promise<FormationDetail> {
    const { sessions, participants, ...writing } = replacement;
    return this.editing.edit(
      session,
      id,
      async (tx, formation) => {
        const content = { ...contentOf(formation), description: null, location: null, ...written(writing) };
        await updateFormation(tx, id, content);
        if (participants !== undefined) await replaceParticipants(tx, id, participants);
        if (sessions !== undefined) await replaceSessions(tx, { ...formation, ...content }, sessions);
        this.log.event('formation.updated', { formation_id: id });
      },
      (tx) => this.details.get(tx, id),
    );
  }

  /** Out of sight at once; its rows stay as long as a calendar may hold a copy. */
  async remove(session: Session, id: string): Promise<void> {
    await this.editing.edit(
      session,
      id,
      (tx) => markFormationDeleted(tx, id),
      (tx) =>
        // The trail is written last: it is locked until the end of the transaction.
        this.audit.record(tx, {
          actor: { type: 'user', id: session.userId },
          action: 'formation.deleted',
          object: { type: 'formation', id },
        }),
    );
    this.log.event('formation.deleted', { formation_id: id });
  }
}

const BLANK = { description: null, location: null, status: 'confirmed', invite_participants: false } as const;

function contentOf(formation: FormationRow): FormationContent {
  const { title, description, location, time_zone, status, invite_participants } = formation;
  return { title, description, location, time_zone, status, invite_participants };
}

/** Fields that a request leaves out come as undefined, and must not cover what is known. */
function written(writing: FormationWriting): FormationWriting {
  return Object.fromEntries(Object.entries(writing).filter(([, value]) => value !== undefined));
}
