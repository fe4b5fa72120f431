/**
 * Not now, and nobody's fault: a provider said when to come back, or somebody else holds the lease. Thrown by a handler;
 * the job runs again at `runAt` and no attempt is counted.
 */
export class JobDeferred extends Error {
  constructor(
    readonly runAt: Date,
    /** A word for the log, such as `rate-limited`. */
    readonly reason: string,
  ) {
    super(`Deferred: ${reason}`);
    this.name = 'JobDeferred';
  }
}
