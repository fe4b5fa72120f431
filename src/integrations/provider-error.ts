import { EgressFailure, type EgressFailureKind } from '../platform/egress/egress-failure.js';

/** The few ways in which a provider says no. Each is acted on in one place; what fits none is `unexpected`. */
export type ProviderFailure =
  /** The grant is gone for good: only its owner can give a new one. */
  | { kind: 'reauthorize' }
  /** This access token was not accepted; a refresh may help. */
  | { kind: 'unauthorized' }
  | { kind: 'insufficient-scope'; missing: readonly string[] }
  /** The account may not do this, for the provider's own reason. */
  | { kind: 'forbidden'; reason: string }
  /** The account's subscription at the provider does not include this. */
  | { kind: 'plan'; reason: string }
  | { kind: 'rate-limited'; retryAt: Date }
  /** `word`: the provider's own, such as `fullSyncRequired`. */
  | { kind: 'cursor-expired'; word?: string }
  | { kind: 'gone' }
  /** A conditional write met something newer than what it was meant for. */
  | { kind: 'changed' }
  | { kind: 'temporary'; retryAt?: Date }
  | { kind: 'timeout' }
  /** An answer that is not what the provider's document promises. */
  | { kind: 'contract' }
  /** Our registration is refused; `variable` names what to check, several with commas between. */
  | { kind: 'misconfigured'; variable: string }
  /** The provider has ended the way in which accounts are connected here; `alternatives` says what to configure instead. */
  | { kind: 'withdrawn'; alternatives: string }
  /** The person said no on the consent page. */
  | { kind: 'denied' }
  | { kind: 'unexpected' };

/** Holds the kind and nothing of the provider's text, which may quote what it was sent. */
export class ProviderError extends Error {
  constructor(
    readonly failure: ProviderFailure,
    options?: ErrorOptions,
  ) {
    super(`Provider failure: ${failure.kind}`, options);
    this.name = 'ProviderError';
  }

  /** For the log. */
  get code(): string {
    return `provider/${this.failure.kind}`;
  }
}

/** What the lack of an answer means. */
const MEANING: Record<EgressFailureKind, ProviderFailure> = {
  timeout: { kind: 'timeout' },
  network: { kind: 'temporary' },
  'too-large': { kind: 'contract' },
  'not-json': { kind: 'contract' },
};

export function toProviderError(error: unknown): ProviderError {
  if (error instanceof ProviderError) return error;
  const failure: ProviderFailure = error instanceof EgressFailure ? MEANING[error.kind] : { kind: 'unexpected' };
  return new ProviderError(failure, { cause: error });
}

/** The connection has ended: nothing can be asked of the provider until its owner connects again. */
export function isLost(error: unknown): boolean {
  return error instanceof ProviderError && error.failure.kind === 'reauthorize';
}
