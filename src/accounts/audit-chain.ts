import { sha256 } from '../platform/crypto/hashing.js';

/** Only ids, codes and counts: the trail is kept for a year and read by administrators. */
export type AuditDetails = Record<string, string | number | boolean | null | readonly string[]>;

/** One line of an organization's trail, without its seal. */
export interface AuditLine {
  id: string;
  organization_id: string;
  position: number;
  /** Milliseconds are enough, and survive the way through a Date. */
  at: Date;
  actor_type: 'user' | 'system' | 'provider';
  actor_id: string | null;
  action: string;
  object_type: string | null;
  object_id: string | null;
  outcome: 'success' | 'refused' | 'failure';
  request_id: string | null;
  ip_prefix: string | null;
  details: AuditDetails;
}

/** What the first line points back to. */
export const CHAIN_START: Buffer = Buffer.alloc(32);

/** In the order in which they are sealed, which must never change. */
const SEALED = [
  'id',
  'organization_id',
  'position',
  'at',
  'actor_type',
  'actor_id',
  'action',
  'object_type',
  'object_id',
  'outcome',
  'request_id',
  'ip_prefix',
] as const satisfies readonly (keyof AuditLine)[];

/** The seal of a line: over everything it says and the seal before it. */
export function sealOf(line: AuditLine, previousHash: Uint8Array): Buffer {
  const said = SEALED.map((field) => line[field]);
  return sha256(JSON.stringify([Buffer.from(previousHash).toString('hex'), said, sortedByName(line.details)]));
}

/** PostgreSQL's jsonb keeps the names in an order of its own. */
function sortedByName(details: AuditDetails): [string, unknown][] {
  return Object.entries(details).sort(([one], [other]) => (one < other ? -1 : 1));
}
