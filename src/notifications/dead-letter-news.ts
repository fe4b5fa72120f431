import { Injectable } from '@nestjs/common';
import { Organizations } from '../accounts/index.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { Locale } from '../platform/errors/problem.js';
import { Notifications } from './notifications.service.js';

interface ParkedWork {
  organizationId: string;
  count: number;
  /** PostgreSQL's own text of the instant, to the microsecond. */
  latest: string;
}

/**
 * Tells an organization that work of its own was given up. What was parked since it was last told is told together, and
 * at most once an hour: when something breaks it seldom breaks once.
 */
@Injectable()
export class DeadLetterNews {
  constructor(
    private readonly work: UnitOfWork,
    private readonly organizations: Organizations,
    private readonly notifications: Notifications,
  ) {}

  async tellAll(): Promise<void> {
    const parked = await this.work.acrossOrganizations((tx) =>
      tx.query<ParkedWork>(
        `SELECT d.organization_id AS "organizationId", count(*)::int AS count, max(d.parked_at)::text AS latest
         FROM dead_letters d
         LEFT JOIN LATERAL (
           SELECT max(created_at) AS at FROM notifications n
           WHERE n.organization_id = d.organization_id AND n.kind = 'dead_letters'
         ) told ON true
         WHERE d.state = 'parked' AND d.organization_id IS NOT NULL
           AND d.parked_at > coalesce(told.at, '-infinity') AND coalesce(told.at, '-infinity') < now() - interval '1 hour'
         GROUP BY d.organization_id`,
      ),
    );
    for (const one of parked) await this.work.inOrganization(one, (tx) => this.tell(tx, one));
  }

  private async tell(tx: Transaction, { count, latest }: ParkedWork): Promise<void> {
    const { locale } = await this.organizations.get(tx);
    await this.notifications.tell(tx, [
      {
        type: 'dead_letters',
        kind: 'dead_letters',
        ...toText(count, locale),
        meta: { count },
        dedupeKey: `dead-letters:${latest}`,
      },
    ]);
  }
}

function toText(count: number, locale: Locale): { title: string; message: string } {
  if (locale === 'fr') {
    return count === 1
      ? {
          title: 'Un traitement abandonné',
          message: 'Un traitement a échoué trop souvent et attend un administrateur, qui peut le rejouer.',
        }
      : {
          title: `${count} traitements abandonnés`,
          message: `${count} traitements ont échoué trop souvent et attendent un administrateur, qui peut les rejouer.`,
        };
  }
  return count === 1
    ? {
        title: 'Work was given up',
        message: 'One piece of work failed too often and waits for an administrator to replay it.',
      }
    : {
        title: `${count} pieces of work were given up`,
        message: `${count} pieces of work failed too often and wait for an administrator to replay them.`,
      };
}
