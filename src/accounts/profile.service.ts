import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { sessionInvalid } from './accounts.problems.js';
import type { Organization } from './organization.row.js';
import { Organizations, type ProfilePatch } from './organizations.service.js';
import type { Session } from './session.js';
import { USER_COLUMNS, type UserRow } from './user.row.js';

export interface Person {
  user: UserRow;
  organization: Organization;
  /** Null for people who only come with a host application's tokens. */
  password: { expiresAt: Date | null } | null;
}

interface PersonRow extends UserRow {
  has_password: boolean;
  password_expires_at: Date | null;
}

/** What people see and change of themselves and their organization. */
@Injectable()
export class Profile {
  constructor(
    private readonly work: UnitOfWork,
    private readonly organizations: Organizations,
  ) {}

  get(session: Session): Promise<Person> {
    return this.work.inOrganization(session, async (tx) => {
      const [user] = await tx.query<PersonRow>(
        `SELECT ${USER_COLUMNS}, password_hash IS NOT NULL AS has_password, password_expires_at FROM users
         WHERE organization_id = $1 AND id = $2 AND removed_at IS NULL`,
        [session.organizationId, session.userId],
      );
      if (user === undefined) throw new Problem(sessionInvalid);
      const password = user.has_password ? { expiresAt: user.password_expires_at } : null;
      return { user, organization: await this.organizations.get(tx), password };
    });
  }

  getOrganization(session: Session): Promise<Organization> {
    return this.work.inOrganization(session, (tx) => this.organizations.get(tx));
  }

  patchOrganization(session: Session, patch: ProfilePatch): Promise<Organization> {
    return this.work.inOrganization(session, (tx) => this.organizations.patchProfile(tx, session.userId, patch));
  }
}
