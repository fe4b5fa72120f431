import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { sessionInvalid } from './accounts.problems.js';
import type { Organization } from './organization.row.js';
import { Organizations, type ProfilePatch } from './organizations.service.js';
import type { Session } from './session.js';
import { USER_COLUMNS, type UserRow } from './user.row.js';

/** What people see and change of themselves and their organization. */
@Injectable()
export class Profile {
  constructor(
    private readonly work: UnitOfWork,
    private readonly organizations: Organizations,
  ) {}

  get(session: Session): Promise<{ user: UserRow; organization: Organization }> {
    return this.work.inOrganization(session, async (tx) => {
      const [user] = await tx.query<UserRow>(
        `SELECT ${USER_COLUMNS} FROM users WHERE organization_id = $1 AND id = $2 AND removed_at IS NULL`,
        [session.organizationId, session.userId],
      );
      if (user === undefined) throw new Problem(sessionInvalid);
      return { user, organization: await this.organizations.get(tx) };
    });
  }

  getOrganization(session: Session): Promise<Organization> {
    return this.work.inOrganization(session, (tx) => this.organizations.get(tx));
  }

  patchOrganization(session: Session, patch: ProfilePatch): Promise<Organization> {
    return this.work.inOrganization(session, (tx) => this.organizations.patchProfile(tx, session.userId, patch));
  }
}
