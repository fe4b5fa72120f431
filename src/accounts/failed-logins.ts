import { type BeforeApplicationShutdown, Injectable } from '@nestjs/common';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { EventLog } from '../platform/logging/event-log.js';
import { AuditTrail } from './audit-trail.js';
import type { UserRow } from './user.row.js';

/**
 * Writes wrong passwords of existing people into their organization's trail, beside the answer and not before it: the
 * time of that write would tell an existing address from an unknown one. A shutdown waits for what is being written.
 */
@Injectable()
export class FailedLogins implements BeforeApplicationShutdown {
  private readonly underWay = new Set<Promise<void>>();

  constructor(
    private readonly work: UnitOfWork,
    private readonly audit: AuditTrail,
    private readonly log: EventLog,
  ) {}

  note(user: Pick<UserRow, 'id' | 'organization_id'>): void {
    const written = this.write(user)
      .catch((error: unknown) => this.log.failure('audit.write_failed', error, { user_id: user.id }))
      .finally(() => this.underWay.delete(written));
    this.underWay.add(written);
  }

  async beforeApplicationShutdown(): Promise<void> {
    await Promise.all(this.underWay);
  }

  private write({ id, organization_id: organizationId }: Pick<UserRow, 'id' | 'organization_id'>): Promise<void> {
    return this.work.inOrganization({ organizationId }, (tx) =>
      this.audit.record(tx, {
        actor: { type: 'system' },
        action: 'session.login_failed',
        object: { type: 'user', id },
        outcome: 'refused',
      }),
    );
  }
}
