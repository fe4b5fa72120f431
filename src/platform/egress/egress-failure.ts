/** Why no usable answer came. What a status means is for the caller to say; these are the cases without one. */
export type EgressFailureKind = 'timeout' | 'network' | 'too-large' | 'not-json';

/** Says who was called and how it failed: never a query, a header, a body, or the library's error that holds them. */
export class EgressFailure extends Error {
  constructor(
    readonly kind: EgressFailureKind,
    readonly provider: string,
    readonly route: string,
    /** The system's own word, such as ECONNREFUSED. */
    readonly code?: string,
  ) {
    super(`${provider}: ${route}: ${kind}${code ? ` (${code})` : ''}`);
    this.name = 'EgressFailure';
  }
}
