import { Clock } from '../../platform/clock/clock.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import { JobHandler } from '../../platform/jobs/index.js';
import { type Audience, Audiences, organizationMailboxes } from '../preferences/audience.js';
import { nextDigestAt } from './digest-hour.js';
import type { DigestMail } from './mail-model.js';
import { MailPost } from './mail-post.js';
import { dayIn } from './slot-text.js';

export const WRITE_DIGEST = 'notifications.write-digest';

interface Payload {
  organizationId: string;
}

interface DueDigest {
  dueAt: Date;
  position: string;
}

/** Of one kind; the rest is counted. */
const LONGEST_GROUP = 20;

/**
 * Writes the digest of one organization, if it is due: what was told to everybody since the last one. The place in the
 * feed and the next hour move together with the mails, so that nothing is told twice and nothing is left out.
 */
@JobHandler(WRITE_DIGEST)
export class WriteDigestJob implements JobHandler<Payload> {
  constructor(
    private readonly work: UnitOfWork,
    private readonly audiences: Audiences,
    private readonly post: MailPost,
    private readonly clock: Clock,
  ) {}

  async run(scope: Payload): Promise<void> {
    await this.work.inOrganization(scope, async (tx) => {
      const due = await this.findDue(tx);
      if (due === null) return;
      const audience = await this.audiences.load(tx);
      const { timeZone } = audience.organization;
      const groups = await listGroups(tx, due.position);
      if (audience.mail.enabled && groups.length > 0) {
        await this.write(tx, audience, due, { template: 'digest', day: dayIn(timeZone, due.dueAt), groups });
      }
      await tx.query(
        `UPDATE mail_settings SET digest_due_at = $2,
           digest_position = coalesce((SELECT max(position) FROM notifications WHERE organization_id = $1), digest_position)
         WHERE organization_id = $1`,
        [tx.organizationId, nextDigestAt(this.clock.now(), timeZone)],
      );
    });
  }

  private async write(tx: Transaction, audience: Audience, { dueAt }: DueDigest, model: DigestMail): Promise<void> {
    await this.post.promise(
      tx,
      organizationMailboxes(audience).map((recipient) => ({
        kind: 'digest',
        recipient,
        locale: audience.mail.locale,
        kept: { model, organization: audience.organization },
        dedupeKey: `digest:${dueAt.toISOString()}:${recipient.toLowerCase()}`,
      })),
    );
  }

  /** Under the feed's lock, so that nothing is told between the reading of the feed and the note of how far it was read. */
  private async findDue(tx: Transaction): Promise<DueDigest | null> {
    await tx.query('SELECT FROM organizations WHERE id = $1 FOR NO KEY UPDATE', [tx.organizationId]);
    const [due] = await tx.query<DueDigest>(
      `SELECT digest_due_at AS "dueAt", digest_position AS position FROM mail_settings
       WHERE organization_id = $1 AND digest_due_at <= $2 FOR UPDATE`,
      [tx.organizationId, this.clock.now()],
    );
    return due ?? null;
  }
}

function listGroups(tx: Transaction, after: string): Promise<DigestMail['groups'][number][]> {
  return tx.query<DigestMail['groups'][number]>(
    `SELECT kind, count(*)::int AS count,
       jsonb_agg(jsonb_build_object('at', created_at, 'message', message) ORDER BY position)
         FILTER (WHERE place <= ${LONGEST_GROUP}) AS entries
     FROM (
       SELECT kind, message, created_at, position, row_number() OVER (PARTITION BY kind ORDER BY position) AS place
       FROM notifications WHERE organization_id = $1 AND user_id IS NULL AND position > $2
     ) told
     GROUP BY kind ORDER BY min(position)`,
    [tx.organizationId, after],
  );
}
