import { z } from 'zod';

const positive = z.number().int().positive();

/** What tests and demonstrations may turn. The defaults are Cal.com's own figures where it publishes any. */
export const settingsSchema = z.strictObject({
  /** The managed-user endpoints: at work, unknown to this deployment (404), or withdrawn (410). See contract 1. */
  platform: z.enum(['open', 'not-found', 'gone']).default('open'),
  /** Requests a minute (contract 2.4). */
  rate_limit_api_key: positive.default(120),
  rate_limit_client: positive.default(500),
  rate_limit_user: positive.default(500),
  rate_limit_ip: positive.default(120),
  /** Unconfirmed (2.4), hence off. */
  answers_retry_after: z.boolean().default(false),
  /** Older answers to a refresh lack `refreshTokenExpiresAt` (5). */
  answers_refresh_expiry: z.boolean().default(true),
  /** How long `GET /calendars` repeats itself; the service keeps its figure to itself (6.3). */
  calendars_cache_seconds: z.number().int().nonnegative().default(60),
  /** `hosted` takes https and public addresses only (8.1); an application under test is on loopback. */
  webhook_addresses: z.enum(['any', 'hosted']).default('any'),
  /** Whether a second webhook of one owner for one address is 409. The documents do not say. */
  unique_webhook_addresses: z.boolean().default(true),
  /** No time-out is documented (8.5). */
  delivery_timeout_ms: positive.default(10_000),
  /** The three shapes a delivery's destination comes in (8.2). */
  destination_calendar: z.enum(['array', 'object', 'null']).default('array'),
  /** Whether a move is also told as a cancellation and a creation: unconfirmed either way (8.2). */
  reschedule_companions: z.enum(['none', 'cancelled', 'created', 'both']).default('none'),
  /** Whether an absence can be found through `afterUpdatedAt`. The documents do not say. */
  no_show_moves_updated_at: z.boolean().default(true),
  /** The OAuth 2.0 client (9): of which kind, and whether Cal.com has approved it. */
  oauth_client_type: z.enum(['CONFIDENTIAL', 'PUBLIC']).default('CONFIDENTIAL'),
  oauth_client_approved: z.boolean().default(true),
  /** Unconfirmed (9). Strict by default: whoever keeps the newest is right either way. */
  oauth_refresh_single_use: z.boolean().default(true),
});

export type Settings = z.output<typeof settingsSchema>;
