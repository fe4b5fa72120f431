import type { SealedPlace } from '../platform/crypto/field-cipher.js';

/** Tokens are sealed with their version: an older pair put back into the row does not open. */
export function tokenPlace(
  integrationId: string,
  column: 'access_token' | 'refresh_token',
  tokenVersion: number,
): SealedPlace {
  return { table: 'integrations', column, rowId: integrationId, context: `v${tokenVersion}` };
}
