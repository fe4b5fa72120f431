import { Injectable } from '@nestjs/common';
import type { Session } from '../accounts/index.js';
import { calendarNotConnected } from '../calendars/index.js';
import { Integrations } from '../integrations/index.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { Sync } from './sync.service.js';
import type { SyncRun } from './sync-run.js';

/** The longest that a request is held open for a reading. */
const PATIENCE_MS = 20_000;

/** Reading one's own calendar because one asked for it. */
@Injectable()
export class CalendarImports {
  constructor(
    private readonly work: UnitOfWork,
    private readonly integrations: Integrations,
    private readonly sync: Sync,
  ) {}

  /** The finished run, or the run as it stands when patience ends. */
  async run(session: Session, providerId: string): Promise<SyncRun> {
    const asked = await this.request(session, providerId);
    const run = await this.sync.waitFor(session, asked.id, PATIENCE_MS);
    // One that was under way may have passed what the person has just changed: theirs is the next one.
    if (asked.state !== 'running' || run.finished_at === null) return run;
    const next = await this.request(session, providerId);
    return await this.sync.waitFor(session, next.id, PATIENCE_MS);
  }

  private request(session: Session, providerId: string): Promise<SyncRun> {
    return this.work.inOrganization(session, async (tx) => {
      const live = await this.integrations.listLive(tx, providerId);
      const integration = live.findLast(({ user_id }) => user_id === session.userId);
      if (integration === undefined) throw new Problem(calendarNotConnected);
      return this.sync.request(tx, integration, 'manual');
    });
  }
}
