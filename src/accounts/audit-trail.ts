import { Injectable } from '@nestjs/common';
import { equalDigests } from '../platform/crypto/hashing.js';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { requestContext } from '../platform/logging/request-context.js';
import { type AuditDetails, type AuditLine, CHAIN_START, sealOf } from './audit-chain.js';

export interface AuditEntry {
  actor: { type: AuditLine['actor_type']; id?: string };
  /** A fact in the past tense after its subject, for example `integration.connected`. */
  action: string;
  object?: { type: string; id?: string };
  outcome?: AuditLine['outcome'];
  details?: AuditDetails;
}

export type AuditVerdict =
  | { intact: true; lines: number }
  /** The first line that is missing, was changed, or does not follow the one before it. */
  | { intact: false; position: number; fault: 'missing' | 'altered' | 'unlinked' | 'head' };

interface Head {
  position: string;
  hash: Buffer;
}

type SealedLine = Omit<AuditLine, 'position'> & { position: string; previous_hash: Buffer; hash: Buffer };

const PAGE = 1_000;

/**
 * What was done, by whom, in lines that can only be added. Each line of an organization seals the one before it, so a
 * line that is changed or taken out afterwards, even with the database owner's rights, breaks the chain at its place.
 *
 * Recording takes the lock on the organization's head until the commit: record last, after all other rows were locked.
 */
@Injectable()
export class AuditTrail {
  async record(tx: Transaction, entry: AuditEntry): Promise<void> {
    if (tx.organizationId === null) throw new Error('An audit line belongs to one organization');
    const [head] = await tx.query<Head & { at: Date }>(
      // The update that changes nothing is there for its row lock, which RETURNING alone would not take.
      `INSERT INTO audit_heads AS head (organization_id, position, hash) VALUES ($1, 0, $2)
       ON CONFLICT (organization_id) DO UPDATE SET position = head.position
       RETURNING position, hash, date_trunc('milliseconds', clock_timestamp()) AS at`,
      [tx.organizationId, CHAIN_START],
    );
    if (head === undefined) throw new Error('The head of the audit chain was not returned');

    const line = toLine(tx.organizationId, Number(head.position) + 1, head.at, entry);
    const hash = sealOf(line, head.hash);
    const row = { ...line, previous_hash: toBytea(head.hash), hash: toBytea(hash) };
    await tx.query('INSERT INTO audit_events SELECT * FROM jsonb_populate_record(NULL::audit_events, $1)', [
      JSON.stringify(row),
    ]);
    await tx.query('UPDATE audit_heads SET position = $2, hash = $3 WHERE organization_id = $1', [
      tx.organizationId,
      line.position,
      hash,
    ]);
  }

  /** Walks the organization's chain from its first line and names the first one that does not hold. */
  async verify(tx: Transaction): Promise<AuditVerdict> {
    const [head] = await tx.query<Head>('SELECT position, hash FROM audit_heads WHERE organization_id = $1 FOR SHARE', [
      tx.organizationId,
    ]);
    let position = 0;
    let hash = CHAIN_START;
    for (let page = await this.listAfter(tx, 0); page.length > 0; page = await this.listAfter(tx, position)) {
      for (const line of page) {
        position += 1;
        if (Number(line.position) !== position) return { intact: false, position, fault: 'missing' };
        if (!equalDigests(line.previous_hash, hash)) return { intact: false, position, fault: 'unlinked' };
        hash = sealOf({ ...line, position }, line.previous_hash);
        if (!equalDigests(line.hash, hash)) return { intact: false, position, fault: 'altered' };
      }
    }
    const last = head ?? { position: '0', hash: CHAIN_START };
    if (Number(last.position) > position) return { intact: false, position: position + 1, fault: 'missing' };
    if (Number(last.position) < position || !equalDigests(last.hash, hash)) {
      return { intact: false, position, fault: 'head' };
    }
    return { intact: true, lines: position };
  }

  private listAfter(tx: Transaction, position: number): Promise<SealedLine[]> {
    return tx.query<SealedLine>(
      `SELECT * FROM audit_events WHERE organization_id = $1 AND position > $2 ORDER BY position LIMIT $3`,
      [tx.organizationId, position, PAGE],
    );
  }
}

function toLine(organizationId: string, position: number, at: Date, entry: AuditEntry): AuditLine {
  const request = requestContext.get();
  return {
    id: newId(),
    organization_id: organizationId,
    position,
    at,
    actor_type: entry.actor.type,
    actor_id: entry.actor.id ?? null,
    action: entry.action,
    object_type: entry.object?.type ?? null,
    object_id: entry.object?.id ?? null,
    outcome: entry.outcome ?? 'success',
    request_id: request?.requestId ?? null,
    ip_prefix: request?.ipPrefix ?? null,
    details: entry.details ?? {},
  };
}

/** Bytes as PostgreSQL writes them in a text. */
function toBytea(bytes: Buffer): string {
  return `\\x${bytes.toString('hex')}`;
}
