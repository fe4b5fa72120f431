import { configSlice } from '../platform/config/config-slice.js';
import { wholeNumber } from '../platform/config/variables.js';

/** For how many days what came in and what was done is kept. */
export class RetentionConfig {
  constructor(
    /** Bodies of deliveries that were worked through: until then they can be replayed. */
    readonly bodyDays: number,
    /** Bodies of those that were given up, which somebody may still have to look into. */
    readonly deadDays: number,
    /** A delivery without its body: what it was, what it led to, and the hash by which a repetition is known. */
    readonly hashDays: number,
    /** Outbox rows, webhooks, dead letters and readings that are done with. */
    readonly doneDays: number,
  ) {}
}

export const retentionConfig = configSlice(
  RetentionConfig,
  {
    RETENTION_BODY_DAYS: wholeNumber(1, 3_650).default(30),
    RETENTION_DEAD_DAYS: wholeNumber(1, 3_650).default(90),
    RETENTION_HASH_DAYS: wholeNumber(1, 3_650).default(400),
    RETENTION_DONE_DAYS: wholeNumber(1, 3_650).default(30),
  },
  (env, report) => {
    if (env.RETENTION_DEAD_DAYS < env.RETENTION_BODY_DAYS) {
      report('RETENTION_DEAD_DAYS', 'must not be less than RETENTION_BODY_DAYS');
    }
    if (env.RETENTION_HASH_DAYS < env.RETENTION_DEAD_DAYS) {
      report('RETENTION_HASH_DAYS', 'must not be less than RETENTION_DEAD_DAYS');
    }
    return new RetentionConfig(
      env.RETENTION_BODY_DAYS,
      env.RETENTION_DEAD_DAYS,
      env.RETENTION_HASH_DAYS,
      env.RETENTION_DONE_DAYS,
    );
  },
);
