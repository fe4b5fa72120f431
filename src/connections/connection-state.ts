/** How a connection is, in one word. The order is the order of precedence: what stands further up hides what is below. */
export const CONNECTION_STATES = [
  'not_configured',
  'not_connected',
  'needs_reauth',
  'error',
  'rate_limited',
  'paused',
  'importing',
  'syncing',
  'stale',
  'polling',
  'connected',
] as const;
export type ConnectionState = (typeof CONNECTION_STATES)[number];

export const CONNECTION_ACTIONS = ['connect', 'reconnect', 'resume', 'retry', 'sync', 'wait', 'none'] as const;
export type ConnectionAction = (typeof CONNECTION_ACTIONS)[number];

/** Everything that the word depends on. */
export interface ConnectionFacts {
  /** Variables without which the provider cannot be used at all. */
  readonly missingVariables: readonly string[];
  /** Null where no account is connected. */
  readonly account: AccountFacts | null;
}

export interface AccountFacts {
  readonly status: 'connected' | 'needs_reauth' | 'error' | 'disconnected';
  readonly statusReason: string | null;
  readonly statusChangedAt: Date;
  readonly connectedAt: Date;
  /** Whether something the product needs was not granted. */
  readonly lacksScopes: boolean;
  /** Set while the provider wants no calls. */
  readonly callsNotBefore: Date | null;
  /** Nothing comes in by itself, because somebody wanted it so. */
  readonly isPaused: boolean;
  readonly pausedAt: Date | null;
  /** The reading that was asked for or is going on. */
  readonly reading: { readonly isTakeover: boolean; readonly since: Date } | null;
  readonly awaitsApproval: boolean;
  readonly lastSyncedAt: Date | null;
  readonly readsByItself: boolean;
  readonly intervalMinutes: number;
  /** Whether changes are pushed to us. */
  readonly isRealTime: boolean;
  readonly isChannelOpening: boolean;
  /** The provider's reason for not pushing, where it gave one. */
  readonly channelRefusal: string | null;
  /** Our own address cannot be reached from the internet. */
  readonly isAddressLocal: boolean;
}

export interface ConnectionVerdict {
  readonly state: ConnectionState;
  /** A stable word for what there is to explain; null when the state says everything. */
  readonly cause: string | null;
  readonly action: ConnectionAction;
  /** Since when it is so, where that is known. */
  readonly since: Date | null;
  /** When it will be over by itself, where that is known. */
  readonly resumesAt: Date | null;
}

/** After how many missed intervals a connection is behind. */
const LATE_INTERVALS = 2;

/** Refusals that no other address would change: they are told in place of the address. */
const REFUSED_ANYWHERE = new Set(['plan', 'insufficient-scope', 'withdrawn']);

/** Errors that the owner's consent mends. Of all others the next reading finds out whether they have passed. */
const MENDED_BY_CONSENT = new Set(['insufficient-scope', 'withdrawn']);

/** The one place that decides what people read on a connection, what it is put down to, and what they can do. */
export function judgeConnection({ missingVariables, account }: ConnectionFacts, now: Date): ConnectionVerdict {
  // Without credentials nothing can be mended from here, not even a connection of former times.
  if (missingVariables.length > 0) return verdict('not_configured', { cause: 'not_configured', action: 'none' });
  if (account === null || account.status === 'disconnected') return verdict('not_connected', { action: 'connect' });

  const { statusChangedAt: since } = account;
  if (account.status === 'needs_reauth') {
    return verdict('needs_reauth', { cause: account.statusReason ?? 'revoked', action: 'reconnect', since });
  }
  // A permission that is missing says more than what failed for the lack of it.
  const fault = account.lacksScopes ? 'insufficient-scope' : (account.statusReason ?? 'unexpected');
  if (account.status === 'error' || account.lacksScopes) {
    return verdict('error', { cause: fault, action: MENDED_BY_CONSENT.has(fault) ? 'reconnect' : 'retry', since });
  }
  if (account.callsNotBefore !== null && account.callsNotBefore > now) {
    return verdict('rate_limited', { cause: 'rate-limited', action: 'wait', resumesAt: account.callsNotBefore });
  }
  if (account.isPaused) return verdict('paused', { cause: 'paused', action: 'resume', since: account.pausedAt });
  if (account.reading !== null) {
    const { isTakeover, since: begunAt } = account.reading;
    return verdict(isTakeover ? 'importing' : 'syncing', { action: 'wait', since: begunAt });
  }
  return judgeResting(account, now);
}

/** Nothing is wrong and nothing is going on. */
function judgeResting(account: AccountFacts, now: Date): ConnectionVerdict {
  const cause = account.awaitsApproval ? 'approval-required' : null;
  const seenAt = account.lastSyncedAt ?? account.connectedAt;
  const lateAfterMs = LATE_INTERVALS * account.intervalMinutes * 60_000;
  if (account.readsByItself && now.getTime() - seenAt.getTime() > lateAfterMs) {
    return verdict('stale', { cause: cause ?? 'stale', action: 'sync', since: account.lastSyncedAt });
  }
  const since = account.connectedAt;
  // Between the consent and the job that begins the first reading.
  if (account.readsByItself && account.lastSyncedAt === null) return verdict('importing', { action: 'wait', since });
  if (account.isRealTime) return verdict('connected', { cause, action: 'sync', since });
  return verdict('polling', { cause: cause ?? whyPolling(account), action: 'sync', since });
}

function whyPolling({ isChannelOpening, channelRefusal, isAddressLocal }: AccountFacts): string {
  if (channelRefusal !== null && REFUSED_ANYWHERE.has(channelRefusal)) return channelRefusal;
  if (isAddressLocal && !isChannelOpening) return 'public-url-local';
  return channelRefusal ?? 'channel-pending';
}

function verdict(
  state: ConnectionState,
  rest: Pick<ConnectionVerdict, 'action'> & Partial<ConnectionVerdict>,
): ConnectionVerdict {
  return { state, cause: null, since: null, resumesAt: null, ...rest };
}
