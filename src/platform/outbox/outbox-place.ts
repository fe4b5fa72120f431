import type { SealedPlace } from '../crypto/field-cipher.js';

/** Where the payload of an outbox row is sealed. */
export function payloadPlace(outboxId: string): SealedPlace {
  return { table: 'outbox', column: 'payload', rowId: outboxId };
}
