import { configSlice } from '../config/config-slice.js';
import { wholeNumber } from '../config/variables.js';

export class JobsConfig {
  constructor(
    /** Jobs that one worker runs at once. */
    readonly concurrency: number,
    readonly heartbeatMs: number,
    /** A worker silent for so long is dead, and its jobs go to others. */
    readonly deadAfterMs: number,
    /** How long a stopping worker waits for the jobs it runs before it gives them back. */
    readonly drainTimeoutMs: number,
  ) {}
}

// Fewer beats than this in the time allowed, and one that is late would pass for a death.
const BEATS_BEFORE_DEAD = 3;

export const jobsConfig = configSlice(
  JobsConfig,
  {
    WORKER_CONCURRENCY: wholeNumber(1, 64).default(4),
    WORKER_HEARTBEAT_SECONDS: wholeNumber(1, 300).default(5),
    WORKER_DEAD_AFTER_SECONDS: wholeNumber(3, 3_600).default(30),
    DRAIN_TIMEOUT_SECONDS: wholeNumber(1, 600).default(20),
  },
  (env, report) => {
    if (env.WORKER_DEAD_AFTER_SECONDS < BEATS_BEFORE_DEAD * env.WORKER_HEARTBEAT_SECONDS) {
      report('WORKER_DEAD_AFTER_SECONDS', `must be at least ${BEATS_BEFORE_DEAD} times WORKER_HEARTBEAT_SECONDS`);
    }
    return new JobsConfig(
      env.WORKER_CONCURRENCY,
      env.WORKER_HEARTBEAT_SECONDS * 1_000,
      env.WORKER_DEAD_AFTER_SECONDS * 1_000,
      env.DRAIN_TIMEOUT_SECONDS * 1_000,
    );
  },
);
