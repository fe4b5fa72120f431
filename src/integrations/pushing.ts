import type { Integration } from './integration.row.js';

/**
 * Whether changes of this account are pushed to us, as far as the connection knows. Without a grant nothing is read, and
 * nobody notices when the provider stops pushing: then it does not count.
 */
export function isPushed(integration: Pick<Integration, 'webhook_active' | 'status'> | null): boolean {
  return integration !== null && integration.webhook_active && integration.status !== 'needs_reauth';
}
