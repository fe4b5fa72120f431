import { z } from 'zod';

const positive = z.number().int().positive();

/** What tests and demonstrations may turn. The defaults are Google's own figures where the contract knows any. */
export const settingsSchema = z.strictObject({
  /** What `expires_in` says. The token lives a second longer. */
  access_token_seconds: positive.default(3599),
  /** In testing, refresh tokens die seven days after consent (contract 3). */
  publishing_status: z.enum(['production', 'testing']).default('production'),
  /** Whether a token answer in testing mode says so by `refresh_token_expires_in`. Unconfirmed (3), off. */
  testing_tells_expiry: z.boolean().default(false),
  /** Sliding minute, per account and for the project as a whole (11). */
  requests_per_minute_per_user: positive.default(600),
  requests_per_minute: positive.default(10_000),
  /** How an exhausted budget is refused: both codes mean the same (11). */
  quota_status: z.union([z.literal(403), z.literal(429)]).default(403),
  quota_reason: z.enum(['rateLimitExceeded', 'userRateLimitExceeded', 'quotaExceeded']).default('rateLimitExceeded'),
  /** Null: no Retry-After, whose presence is unconfirmed (11). */
  quota_retry_after_seconds: positive.nullable().default(null),
  /** Delays every API answer, so that calls overlap and their peak can be seen. */
  latency_ms: z.number().int().nonnegative().default(0),
  /** Sync tokens older than this are 410 (8). Google keeps its figure to itself. */
  sync_token_days: positive.default(30),
  /** `updatedMin` further back is 410 (8, unconfirmed). */
  updated_min_days: positive.default(28),
  /** How far endless series are expanded when no `timeMax` says where to stop. Google keeps its figure to itself. */
  expansion_days: positive.default(730),
  channel_default_seconds: positive.default(604_800),
  channel_longest_seconds: positive.default(2_592_000),
  /** Before: the sync message leaves before the watch is answered, as it may (9). */
  sync_message: z.enum(['before', 'after']).default('before'),
  /** Of all pushes, the share that is lost without a trace. */
  push_drop_share: z.number().min(0).max(1).default(0),
  push_retry_first_seconds: z.number().positive().default(10),
  push_retry_longest_seconds: z.number().positive().default(3600),
  push_retries: z.number().int().nonnegative().default(8),
  push_timeout_ms: positive.default(10_000),
  /** The one relaxation: Google demands https with a valid certificate, a sandbox on loopback has none. */
  allow_http_push_addresses: z.boolean().default(true),
  /** Hosts refused with `push.webhookUrlUnauthorized` (9). */
  refused_push_hosts: z.array(z.string()).default([]),
  /** A conference is pending in the answer to the write, and ready for reads so much later (12.11). */
  conference_delay_seconds: z.number().nonnegative().default(0),
});

export type Settings = z.output<typeof settingsSchema>;
