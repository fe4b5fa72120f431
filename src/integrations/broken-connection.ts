import type { FormerStatus } from './integration-lifecycle.js';

/** What passes by itself is shown on the connection but interrupts nobody. */
const PASSING = new Set(['temporary', 'timeout', 'rate-limited', 'unexpected', 'unauthorized']);

/** Whether a status means that somebody must do something. */
export function isBroken({ status, status_reason }: FormerStatus): boolean {
  return status === 'needs_reauth' || (status === 'error' && !PASSING.has(status_reason ?? ''));
}

/** Whether a change of status broke a connection, or mended a broken one; null for anything else. */
export function breakOrRecovery(status: FormerStatus, former: FormerStatus): 'broken' | 'recovered' | null {
  if (isBroken(status)) return 'broken';
  return status.status === 'connected' && isBroken(former) ? 'recovered' : null;
}
