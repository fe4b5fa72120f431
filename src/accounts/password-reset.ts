import { randomInt } from 'node:crypto';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { AuditTrail } from './audit-trail.js';
import { toEmailKey } from './email-address.js';
import type { Passwords } from './passwords.js';
import { endSessionsOf } from './session-endings.js';

export interface TemporaryPassword {
  readonly password: string;
  readonly expiresAt: Date;
}

/** Long enough to reach somebody the next morning. */
const LASTS_HOURS = 24;

/** No characters that are taken for one another. Five groups of four are 99 bits. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';
const GROUPS = 5;

/**
 * For somebody who has forgotten their password and has proved otherwise who they are: a drawn one, which ends by itself
 * and which they replace with one that only they know. Every session they had open ends.
 */
export class PasswordReset {
  constructor(
    private readonly work: UnitOfWork,
    private readonly passwords: Passwords,
    private readonly audit: AuditTrail,
  ) {}

  /** Null when nobody signs in with a password under this address. */
  async reset(email: string): Promise<TemporaryPassword | null> {
    const known = await this.find(email);
    if (known === null) return null;
    const password = drawPassword();
    const hash = await this.passwords.hash(password);
    return await this.work.inOrganization({ organizationId: known.organization_id }, async (tx) => {
      const [user] = await tx.query<{ expires_at: Date }>(
        `UPDATE users SET password_hash = $3, password_expires_at = now() + make_interval(hours => $4), updated_at = now()
         WHERE organization_id = $1 AND id = $2 AND password_hash IS NOT NULL AND removed_at IS NULL
         RETURNING password_expires_at AS expires_at`,
        [tx.organizationId, known.id, hash, LASTS_HOURS],
      );
      if (user === undefined) return null;
      await endSessionsOf(tx, known.id, { reason: 'password' });
      await this.audit.record(tx, {
        actor: { type: 'system' },
        action: 'user.password_reset',
        object: { type: 'user', id: known.id },
      });
      return { password, expiresAt: user.expires_at };
    });
  }

  private async find(email: string): Promise<{ id: string; organization_id: string } | null> {
    const rows = await this.work.acrossOrganizations((tx) =>
      tx.query<{ id: string; organization_id: string }>(
        `SELECT id, organization_id FROM users
         WHERE email_key = $1 AND password_hash IS NOT NULL AND removed_at IS NULL`,
        [toEmailKey(email)],
      ),
    );
    return rows[0] ?? null;
  }
}

function drawPassword(): string {
  const group = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return Array.from({ length: GROUPS }, group).join('-');
}
