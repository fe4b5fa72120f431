import { bodyBytes, readEvidence } from '../deliveries/index.js';
import type { FieldCipher } from '../platform/crypto/field-cipher.js';
import { listSealedValues } from '../platform/crypto/keys/sealed-values.js';
import { SEALED_COLUMNS } from '../platform/crypto/sealed-columns.js';
import type { Transaction } from '../platform/database/transaction.js';
import type { UnitOfWork } from '../platform/database/unit-of-work.js';
import type { Person } from './person.js';

/** A sealed text that speaks of the person, opened. */
export interface SealedTrace {
  readonly id: string;
  readonly text: string;
}

interface SealedKind {
  readonly place: string;
  /** SQL for rows that are about the person whatever they say: `$1` bookings, `$2` prospects. */
  readonly linked: string;
  readonly read: (sealedText: string) => string;
  /** What becomes of such rows: `$1` the organization, `$2` their ids. */
  readonly forget: string;
}

const asIs = (text: string) => text;

/** The sealed columns that can hold something about people who book; the others hold tokens, secrets and positions. */
export const PERSONAL_SEALED: readonly SealedKind[] = [
  {
    place: 'deliveries.body',
    linked: `booking_id = ANY($1::uuid[]) AND $2::uuid[] IS NOT NULL`,
    // Kept as the bytes that came in.
    read: (text) => bodyBytes(text).toString('utf8'),
    forget: `UPDATE deliveries SET body = NULL, headers = '{}',
               state = CASE state WHEN 'received' THEN 'ignored' ELSE state END
             WHERE organization_id = $1 AND id = ANY($2::uuid[])`,
  },
  {
    // Refused, so that nobody has read who it is about: only what it says can tell.
    place: 'deliveries.evidence',
    linked: `$1::uuid[] IS NULL AND $2::uuid[] IS NULL`,
    read: (text) => readEvidence(text).body.toString('utf8'),
    forget: `UPDATE deliveries SET evidence = NULL WHERE organization_id = $1 AND id = ANY($2::uuid[])`,
  },
  {
    place: 'mails.model',
    linked: `booking_id = ANY($1::uuid[]) OR prospect_id = ANY($2::uuid[])`,
    read: asIs,
    forget: `UPDATE mails SET model = NULL, next_attempt_at = NULL, updated_at = now(),
               state = CASE state WHEN 'queued' THEN 'failed' ELSE state END,
               last_error = CASE state WHEN 'queued' THEN 'mail/person-erased' ELSE last_error END
             WHERE organization_id = $1 AND id = ANY($2::uuid[])`,
  },
  {
    place: 'outbox.payload',
    linked: `$1::uuid[] IS NULL AND $2::uuid[] IS NULL`,
    read: asIs,
    forget: `DELETE FROM outbox WHERE organization_id = $1 AND id = ANY($2::uuid[])`,
  },
  {
    place: 'webhook_messages.payload',
    linked: `event_type <> 'prospect.deleted'
             AND split_part(subject, ':', 2) = ANY(($1::uuid[] || $2::uuid[])::text[])`,
    read: asIs,
    forget: `DELETE FROM webhook_messages WHERE organization_id = $1 AND id = ANY($2::uuid[])`,
  },
];

const BATCH = 500;

/** Opens what is sealed, one value after the other: what it says cannot be asked of the database. */
export async function* listSealedTraces(
  work: UnitOfWork,
  cipher: FieldCipher,
  organizationId: string,
  person: Person,
  { place, linked, read }: SealedKind,
): AsyncGenerator<SealedTrace> {
  const column = SEALED_COLUMNS.find((one) => `${one.table}.${one.column}` === place);
  if (column === undefined) throw new Error(`${place} is no sealed column`);
  const rows = await work.inOrganization({ organizationId }, (tx) =>
    tx.query<{ id: string }>(
      `SELECT id FROM ${column.table} WHERE organization_id = $3 AND ${column.column} IS NOT NULL AND (${linked})`,
      [person.bookingIds, person.prospectIds, organizationId],
    ),
  );
  const linkedIds = new Set(rows.map(({ id }) => id));
  const pattern = new RegExp(person.pattern, 'iu');
  for await (const batch of listSealedValues(work, column, BATCH, organizationId)) {
    for (const value of batch) {
      const [id = ''] = value.key;
      const sealedText = await work.inOrganization({ organizationId }, (tx) => findText(tx, cipher, value));
      const text = sealedText === null ? null : read(sealedText);
      if (linkedIds.has(id)) yield { id, text: text ?? '' };
      else if (text !== null && pattern.test(text)) yield { id, text };
    }
  }
}

/** What does not open says nothing to anybody; `keys verify` names it. */
async function findText(
  tx: Transaction,
  cipher: FieldCipher,
  { place, sealed }: { place: Parameters<FieldCipher['open']>[1]; sealed: string },
): Promise<string | null> {
  try {
    return await cipher.open(tx, place, sealed);
  } catch {
    return null;
  }
}
