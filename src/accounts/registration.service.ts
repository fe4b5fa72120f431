import { Injectable } from '@nestjs/common';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { AccountsConfig } from './accounts.config.js';
import { emailTaken, registrationClosed } from './accounts.problems.js';
import { AuditTrail } from './audit-trail.js';
import { BearerTokens } from './bearer-tokens.js';
import { CommonPasswords } from './common-passwords.js';
import { toEmailKey } from './email-address.js';
import { GuessLimits } from './guess-limits.js';
import { toSlug, uniqueSlug } from './organization-slug.js';
import { Organizations } from './organizations.service.js';
import { Passwords } from './passwords.js';
import { Sessions, type SignedIn } from './sessions.service.js';
import { USER_COLUMNS, type UserRow } from './user.row.js';

export interface NewAccount {
  organizationName: string;
  name: string;
  email: string;
  password: string;
}

/** A new organization and the person who owns it. */
@Injectable()
export class Registration {
  constructor(
    private readonly config: AccountsConfig,
    private readonly work: UnitOfWork,
    private readonly tokens: BearerTokens,
    private readonly limits: GuessLimits,
    private readonly passwords: Passwords,
    private readonly common: CommonPasswords,
    private readonly organizations: Organizations,
    private readonly sessions: Sessions,
    private readonly audit: AuditTrail,
  ) {}

  async register(account: NewAccount): Promise<SignedIn> {
    if (this.config.registration === 'closed') throw new Problem(registrationClosed);
    this.tokens.assertCanIssue();
    await this.limits.countRegistration();
    await this.common.assertUncommon(account.password, '/password');
    return await this.createAccount(account, (tx, owner) => this.sessions.open(tx, owner));
  }

  /** Throws `account/email-taken`. The password is taken as it is: that of a trial is no secret. What `work` does for the new owner becomes true with the account, or not at all. */
  async createAccount<T>(account: NewAccount, work: (tx: Transaction, owner: UserRow) => Promise<T>): Promise<T> {
    const passwordHash = await this.passwords.hash(account.password);
    const organizationId = newId();
    return await this.work.inOrganization({ organizationId }, async (tx) => {
      await this.createOrganization(tx, account.organizationName.trim());
      const owner = await this.createOwner(tx, account, passwordHash);
      const result = await work(tx, owner);
      await this.audit.record(tx, {
        actor: { type: 'user', id: owner.id },
        action: 'organization.registered',
        object: { type: 'organization', id: organizationId },
      });
      return result;
    });
  }

  private async createOrganization(tx: Transaction, name: string): Promise<void> {
    if (await this.organizations.create(tx, { name, slug: toSlug(name) })) return;
    const slug = uniqueSlug(name, String(tx.organizationId));
    if (!(await this.organizations.create(tx, { name, slug }))) throw new Error('No free slug for an organization');
  }

  private async createOwner(tx: Transaction, account: NewAccount, passwordHash: string): Promise<UserRow> {
    const [owner] = await tx.query<UserRow>(
      `INSERT INTO users (id, organization_id, email, email_key, name, password_hash, role)
       VALUES ($1, $2, $3, $4, $5, $6, 'owner')
       ON CONFLICT (email_key) WHERE password_hash IS NOT NULL AND removed_at IS NULL DO NOTHING
       RETURNING ${USER_COLUMNS}`,
      [newId(), tx.organizationId, account.email, toEmailKey(account.email), account.name.trim(), passwordHash],
    );
    if (owner === undefined) throw new Problem(emailTaken);
    return owner;
  }
}
