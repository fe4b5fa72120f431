import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import { Problem } from '../platform/errors/problem.js';
import { organizationNotFound } from './accounts.problems.js';
import { AuditTrail } from './audit-trail.js';
import type { Organization } from './organization.row.js';
import { assertNoSecrets } from './settings-patch.js';

export interface NewOrganization {
  name: string;
  slug: string;
  /** The host application's own id of it. */
  externalId?: string | null;
}

export type ProfilePatch = Partial<Pick<Organization, 'name' | 'time_zone' | 'locale'>>;

const COLUMNS = 'id, name, slug, time_zone, locale, settings';

@Injectable()
export class Organizations {
  constructor(private readonly audit: AuditTrail) {}

  /** The organization that the transaction works for. */
  async get(tx: Transaction): Promise<Organization> {
    return only(
      await tx.query<Organization>(`SELECT ${COLUMNS} FROM organizations WHERE id = $1`, [tx.organizationId]),
    );
  }

  /** False when its id, its external id or its slug is taken. */
  async create(tx: Transaction, { name, slug, externalId = null }: NewOrganization): Promise<boolean> {
    const { count } = await tx.execute(
      `INSERT INTO organizations (id, external_id, name, slug) VALUES ($1, $2, $3, $4)
       ON CONFLICT DO NOTHING RETURNING id`,
      [tx.organizationId, externalId, name, slug],
    );
    return count === 1;
  }

  async patchProfile(tx: Transaction, userId: string, patch: ProfilePatch): Promise<Organization> {
    const organization = only(
      await tx.query<Organization>(
        `UPDATE organizations
         SET name = coalesce($2, name), time_zone = coalesce($3, time_zone), locale = coalesce($4, locale),
           updated_at = now()
         WHERE id = $1 RETURNING ${COLUMNS}`,
        [tx.organizationId, patch.name ?? null, patch.time_zone ?? null, patch.locale ?? null],
      ),
    );
    const changed = Object.entries(patch).filter(([, value]) => value !== undefined);
    await this.audit.record(tx, {
      actor: { type: 'user', id: userId },
      action: 'organization.updated',
      object: { type: 'organization', id: organization.id },
      details: { fields: changed.map(([field]) => field) },
    });
    return organization;
  }

  /**
   * Changes some settings under one key, for example `calendly`, and leaves everything else as it stands, also what
   * somebody else writes at the same moment.
   */
  async patchSettings(tx: Transaction, key: string, patch: Record<string, unknown>): Promise<Organization> {
    assertNoSecrets({ [key]: patch });
    return only(
      await tx.query<Organization>(
        `UPDATE organizations
         SET settings = settings || jsonb_build_object($2::text,
             CASE jsonb_typeof(settings -> $2) WHEN 'object' THEN settings -> $2 ELSE '{}' END || $3::jsonb),
           updated_at = now()
         WHERE id = $1 RETURNING ${COLUMNS}`,
        [tx.organizationId, key, JSON.stringify(patch)],
      ),
    );
  }
}

function only(rows: Organization[]): Organization {
  const [organization] = rows;
  if (organization === undefined) throw new Problem(organizationNotFound);
  return organization;
}
