import { Injectable } from '@nestjs/common';
import type { Session } from '../../accounts/index.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { NOTIFICATION_KINDS, type NotificationKind } from '../notification-kind.js';
import { type Audience, Audiences, listeners, mailRecipients } from './audience.js';

/** How one kind reaches one person, and whether that person has chosen so. */
export interface Preference {
  kind: NotificationKind;
  inApp: boolean;
  email: boolean;
  isChosen: boolean;
}

export interface Choice {
  kind: NotificationKind;
  inApp: boolean;
  email: boolean;
}

@Injectable()
export class NotificationPreferences {
  constructor(
    private readonly work: UnitOfWork,
    private readonly audiences: Audiences,
  ) {}

  list(session: Session): Promise<Preference[]> {
    return this.work.inOrganization(session, (tx) => this.read(tx, session.userId));
  }

  /** The given choices take the place of all earlier ones. */
  replace(session: Session, choices: readonly Choice[]): Promise<Preference[]> {
    return this.work.inOrganization(session, async (tx) => {
      // Two tabs that save at once must not end as a mixture.
      await tx.query('SELECT FROM users WHERE organization_id = $1 AND id = $2 FOR UPDATE', [
        session.organizationId,
        session.userId,
      ]);
      await tx.query('DELETE FROM notification_preferences WHERE organization_id = $1 AND user_id = $2', [
        session.organizationId,
        session.userId,
      ]);
      await tx.query(
        `INSERT INTO notification_preferences (organization_id, user_id, kind, in_app, email)
         SELECT $1, $2, choice.* FROM unnest($3::text[], $4::boolean[], $5::boolean[]) choice`,
        [
          session.organizationId,
          session.userId,
          choices.map(({ kind }) => kind),
          choices.map(({ inApp }) => inApp),
          choices.map(({ email }) => email),
        ],
      );
      return await this.read(tx, session.userId);
    });
  }

  /** What holds for the person, by the very rules that decide when something is told. */
  private async read(tx: Transaction, userId: string): Promise<Preference[]> {
    const audience = await this.audiences.load(tx);
    const me = audience.readers.filter(({ id }) => id === userId);
    // Shared mailboxes are not the person's, but they change what an owner gets unasked.
    const alone: Audience = { ...audience, readers: me };
    return NOTIFICATION_KINDS.map((kind) => {
      const told = { kind, userId: null };
      const choice = me[0]?.choices[kind];
      const heard = listeners(alone, told);
      return {
        kind,
        inApp: heard === null || heard.length > 0,
        email: choice?.email ?? isMailed(alone, told),
        isChosen: choice !== undefined,
      };
    });
  }
}

function isMailed(alone: Audience, told: { kind: NotificationKind; userId: null }): boolean {
  const shared = mailRecipients({ ...alone, readers: [] }, told).length;
  return mailRecipients(alone, told).length > shared;
}
