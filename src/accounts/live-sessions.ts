import { Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { OwnClaims } from './bearer-tokens.js';
import type { Role } from './session.js';

export interface LiveSession {
  userId: string;
  organizationId: string;
  role: Role;
  email: string;
}

/** Whether a session of ours still stands. The token alone cannot know of a logout, a removal or a change of role. */
@Injectable()
export class LiveSessions {
  constructor(private readonly work: UnitOfWork) {}

  async find({ organizationId, sessionId, userId }: OwnClaims): Promise<LiveSession | null> {
    const rows = await this.work.inOrganization({ organizationId }, (tx) =>
      tx.query<{ role: Role; email: string }>(
        `SELECT users.role, users.email
         FROM sessions JOIN users ON users.id = sessions.user_id AND users.organization_id = sessions.organization_id
         WHERE sessions.organization_id = $1 AND sessions.id = $2 AND sessions.user_id = $3
           AND sessions.revoked_at IS NULL AND sessions.expires_at > now() AND users.removed_at IS NULL`,
        [organizationId, sessionId, userId],
      ),
    );
    return rows[0] ? { userId, organizationId, ...rows[0] } : null;
  }
}
