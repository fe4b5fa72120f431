import { isEmail } from 'class-validator';
import { Injectable } from '@nestjs/common';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { isUuid } from '../platform/http/id.pipe.js';
import { AccountsConfig } from './accounts.config.js';
import { AuditTrail } from './audit-trail.js';
import { toEmailKey } from './email-address.js';
import type { HostClaims } from './host-claims.js';
import { uniqueSlug } from './organization-slug.js';
import { Organizations } from './organizations.service.js';
import type { Role } from './session.js';
import { USER_COLUMNS, type UserRow } from './user.row.js';

export interface HostUser {
  readonly userId: string;
  readonly organizationId: string;
  readonly role: Role;
  readonly email: string;
}

/** A person of the organization whom the claims may mean, the surest first. */
interface Candidate extends UserRow {
  external_subject: string | null;
  removed: boolean;
}

const NEUTRAL_NAME = 'Organisation';
/** One loser of a race finds the winner's organization at the second look. */
const LOOKS = 3;

/**
 * Who a host application's token stands for. A person is known by the host's subject, then by our own id, then by the
 * e-mail address of somebody the host has not named yet, always within the organization of the token. Somebody who was
 * removed stays out, and a role claim counts at the first sight only: later the role is ours to change.
 */
@Injectable()
export class HostAccounts {
  constructor(
    private readonly config: AccountsConfig,
    private readonly work: UnitOfWork,
    private readonly organizations: Organizations,
    private readonly audit: AuditTrail,
  ) {}

  /** Null when nobody is meant, or may be. */
  async resolve(claims: HostClaims): Promise<HostUser | null> {
    for (let look = 0; look < LOOKS; look += 1) {
      const organizationId = await this.findOrganization(claims.organization);
      if (organizationId !== null) return await this.resolveIn(organizationId, claims);
      if (!this.mayProvision(claims)) return null;
      const user = await this.provisionOrganization(claims);
      if (user !== null) return user;
    }
    throw new Error('An organization of a host application could neither be found nor created');
  }

  private async findOrganization(named: string): Promise<string | null> {
    const id = isUuid(named) ? named.toLowerCase() : null;
    const rows = await this.work.acrossOrganizations((tx) =>
      tx.query<{ id: string }>(
        `SELECT id FROM organizations WHERE id = $1::uuid OR external_id = $2
         ORDER BY id = $1::uuid DESC NULLS LAST LIMIT 1`,
        [id, named],
      ),
    );
    return rows[0]?.id ?? null;
  }

  private resolveIn(organizationId: string, claims: HostClaims): Promise<HostUser | null> {
    return this.work.inOrganization({ organizationId }, async (tx) => {
      const known = await this.findCandidate(tx, claims);
      if (known?.removed) return null;
      if (known !== null && isNamedBy(known, claims)) return toHostUser(known);
      if (known === null && !this.mayProvision(claims)) return null;
      return await this.admit(tx, claims);
    });
  }

  /** Null when somebody else has created the organization meanwhile. */
  private provisionOrganization(claims: HostClaims): Promise<HostUser | null> {
    const ownId = isUuid(claims.organization) ? claims.organization.toLowerCase() : null;
    const organizationId = ownId ?? newId();
    return this.work.inOrganization({ organizationId }, async (tx) => {
      const name = claims.organizationName ?? NEUTRAL_NAME;
      const externalId = ownId === null ? claims.organization : null;
      const slug = uniqueSlug(name, organizationId);
      return (await this.organizations.create(tx, { name, slug, externalId })) ? await this.admit(tx, claims) : null;
    });
  }

  /** Links or creates. Under the organization's row lock, so that parallel first sights agree on one person. */
  private async admit(tx: Transaction, claims: HostClaims): Promise<HostUser | null> {
    await tx.query('SELECT FROM organizations WHERE id = $1 FOR UPDATE', [tx.organizationId]);
    const known = await this.findCandidate(tx, claims);
    if (known?.removed) return null;
    if (known === null) return await this.provisionUser(tx, claims);
    if (!isNamedBy(known, claims)) await this.link(tx, known, claims);
    return toHostUser(known);
  }

  private async findCandidate(tx: Transaction, claims: HostClaims): Promise<Candidate | null> {
    const id = isUuid(claims.subject) ? claims.subject : null;
    // An address that the host itself does not trust names nobody.
    const emailKey = claims.email !== null && claims.isEmailVerified ? toEmailKey(claims.email) : null;
    const rows = await tx.query<Candidate>(
      `SELECT ${USER_COLUMNS}, external_subject, removed_at IS NOT NULL AS removed
       FROM users
       WHERE organization_id = $1
         AND (external_subject = $2 OR id = $3::uuid OR (external_subject IS NULL AND email_key = $4))
       ORDER BY CASE WHEN external_subject = $2 THEN 1 WHEN id = $3::uuid THEN 2 ELSE 3 END,
         removed_at NULLS FIRST, created_at, id
       LIMIT 1`,
      [tx.organizationId, claims.subject, id, emailKey],
    );
    return rows[0] ?? null;
  }

  private async link(tx: Transaction, user: Candidate, claims: HostClaims): Promise<void> {
    await tx.query(
      `UPDATE users SET external_subject = $3, updated_at = now() WHERE organization_id = $1 AND id = $2`,
      [tx.organizationId, user.id, claims.subject],
    );
    await this.audit.record(tx, {
      actor: { type: 'system' },
      action: 'user.linked',
      object: { type: 'user', id: user.id },
    });
  }

  private async provisionUser(tx: Transaction, claims: HostClaims): Promise<HostUser | null> {
    if (!this.mayProvision(claims)) return null;
    const { email, subject } = claims;
    const [user] = await tx.query<UserRow>(
      `INSERT INTO users (id, organization_id, external_subject, email, email_key, name, role)
       SELECT $2, $1, $3, $4, $5, $6,
         CASE WHEN EXISTS (SELECT FROM users WHERE organization_id = $1) THEN $7 ELSE 'owner' END
       RETURNING ${USER_COLUMNS}`,
      [tx.organizationId, newId(), subject, email, toEmailKey(email), claims.name ?? email, claims.role ?? 'member'],
    );
    if (user === undefined) throw new Error('The new user was not returned');
    await this.audit.record(tx, {
      actor: { type: 'system' },
      action: 'user.provisioned',
      object: { type: 'user', id: user.id },
      details: { role: user.role },
    });
    return toHostUser(user);
  }

  private mayProvision(claims: HostClaims): claims is HostClaims & { email: string } {
    return this.config.autoProvision && isEmail(claims.email);
  }
}

function isNamedBy(user: Candidate, claims: HostClaims): boolean {
  return user.external_subject === claims.subject || user.id === claims.subject.toLowerCase();
}

function toHostUser({ id, organization_id: organizationId, role, email }: UserRow): HostUser {
  return { userId: id, organizationId, role, email };
}
