import { Injectable } from '@nestjs/common';
import { AuditTrail, Organizations, type Session } from '../../accounts/index.js';
import { Clock } from '../../platform/clock/clock.js';
import type { Transaction } from '../../platform/database/transaction.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { Locale } from '../../platform/errors/problem.js';
import { nextDigestAt } from './digest-hour.js';
import { toMailbox } from './mailbox.js';

export interface MailSettingsValues {
  enabled: boolean;
  recipients: string[];
  locale: Locale | null;
  digest: 'off' | 'daily';
  digestDueAt: Date | null;
}

export type MailSettingsPatch = Partial<Omit<MailSettingsValues, 'digestDueAt'>>;

const COLUMNS = 'enabled, recipients, locale, digest, digest_due_at AS "digestDueAt"';

/** Where an organization wants its mail, in which language, and how much of it. */
@Injectable()
export class MailSettings {
  constructor(
    private readonly work: UnitOfWork,
    private readonly organizations: Organizations,
    private readonly audit: AuditTrail,
    private readonly clock: Clock,
  ) {}

  get(session: Session): Promise<MailSettingsValues> {
    return this.work.inOrganization(session, (tx) => this.read(tx));
  }

  patch(session: Session, patch: MailSettingsPatch): Promise<MailSettingsValues> {
    return this.work.inOrganization(session, async (tx) => {
      const { time_zone: timeZone } = await this.organizations.get(tx);
      // The row is there before it is changed, so that two administrators at once change it one after the other.
      await tx.query('INSERT INTO mail_settings (organization_id) VALUES ($1) ON CONFLICT DO NOTHING', [
        tx.organizationId,
      ]);
      const [values] = await tx.query<MailSettingsValues>(
        `UPDATE mail_settings
         SET enabled = coalesce($2, enabled), recipients = coalesce($3, recipients),
           locale = CASE WHEN $4 THEN $5 ELSE locale END,
           digest = coalesce($6, digest),
           -- A digest that begins tells what comes from now on, and does not begin anew when it is asked for twice.
           digest_due_at = CASE coalesce($6, digest) WHEN 'daily' THEN coalesce(digest_due_at, $7) END,
           digest_position = CASE WHEN digest = 'off'
             THEN (SELECT feed_position FROM organizations WHERE id = $1) ELSE digest_position END,
           updated_at = now()
         WHERE organization_id = $1 RETURNING ${COLUMNS}`,
        [
          tx.organizationId,
          patch.enabled,
          patch.recipients?.map((recipient) => toMailbox(recipient)!),
          patch.locale !== undefined,
          patch.locale ?? null,
          patch.digest,
          nextDigestAt(this.clock.now(), timeZone),
        ],
      );
      await this.audit.record(tx, {
        actor: { type: 'user', id: session.userId },
        action: 'mail_settings.updated',
        object: { type: 'organization', id: session.organizationId },
        details: {
          fields: Object.keys(patch).filter((field) => patch[field as keyof MailSettingsPatch] !== undefined),
        },
      });
      return values!;
    });
  }

  private async read(tx: Transaction): Promise<MailSettingsValues> {
    const [values] = await tx.query<MailSettingsValues>(
      `SELECT ${COLUMNS} FROM mail_settings WHERE organization_id = $1`,
      [tx.organizationId],
    );
    return values ?? { enabled: true, recipients: [], locale: null, digest: 'off', digestDueAt: null };
  }
}
