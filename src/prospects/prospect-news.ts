import { Injectable } from '@nestjs/common';
import type { Transaction } from '../platform/database/transaction.js';
import { EventLog } from '../platform/logging/event-log.js';
import { Realtime } from '../realtime/index.js';
import { ProspectChanges } from './prospect-changes.js';
import { listViews } from './prospect.view.js';
import { toCreatedMessage, toProspectDto, toUpdatedMessage } from './prospects.mapper.js';

export interface ChangedProspects {
  created: readonly string[];
  updated: readonly string[];
}

/** Says to browsers and to the rooms below, with the commit, what has become of prospects. */
@Injectable()
export class ProspectNews {
  constructor(
    private readonly realtime: Realtime,
    private readonly changes: ProspectChanges,
    private readonly log: EventLog,
  ) {}

  /** Somebody new who was changed at once is only new. */
  async announce(tx: Transaction, { created, updated }: ChangedProspects): Promise<void> {
    const fresh = new Set(created);
    const changed = [...new Set(updated)].filter((id) => !fresh.has(id));
    await touch(tx, changed);
    const views = await listViews(tx, [...fresh, ...changed]);
    await this.realtime.publish(
      tx,
      views.map((view) => (fresh.has(view.id) ? toCreatedMessage(view) : toUpdatedMessage(view))),
    );
    await this.changes.changed(tx, {
      created: views.filter(({ id }) => fresh.has(id)).map(toProspectDto),
      updated: views.filter(({ id }) => !fresh.has(id)).map(toProspectDto),
    });
    for (const { id } of views)
      this.log.event(fresh.has(id) ? 'prospect.created' : 'prospect.updated', { prospect_id: id });
  }

  async announceErased(tx: Transaction, id: string): Promise<void> {
    await this.realtime.publish(tx, { name: 'prospect:deleted', payload: { id } });
    await this.changes.erased(tx, id);
    this.log.event('prospect.deleted', { prospect_id: id });
  }
}

async function touch(tx: Transaction, ids: string[]): Promise<void> {
  if (ids.length === 0) return;
  await tx.query(`UPDATE prospects SET updated_at = now() WHERE organization_id = $1 AND id = ANY($2)`, [
    tx.organizationId,
    ids,
  ]);
}
