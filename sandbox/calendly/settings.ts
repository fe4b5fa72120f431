import { z } from 'zod';

const positive = z.number().int().positive();

/** What tests and demonstrations may turn. The defaults are Calendly's own figures where it publishes any. */
export const settingsSchema = z.strictObject({
  /** Requests a minute and user (contract 3). */
  rate_limit_paid: positive.default(500),
  rate_limit_free: positive.default(50),
  /** Token requests a minute and user (contract 2.3). */
  token_requests_per_minute: positive.default(8),
  /** First wait between two attempts, doubled each time up to the longest. Calendly keeps its steps to itself (5.5). */
  retry_first_seconds: z.number().positive().default(30),
  retry_longest_seconds: z.number().positive().default(3600),
  /** How long a delivery is retried, and how long without success before a subscription is disabled (5.5). */
  retry_during_seconds: z.number().positive().default(86_400),
  connect_timeout_ms: positive.default(10_000),
  read_timeout_ms: positive.default(15_000),
  /** Which clock dates a signature. `wall` suits an application whose own clock did not jump with the sandbox. */
  signature_clock: z.enum(['sandbox', 'wall']).default('sandbox'),
  /** Whether a key given with an OAuth-made subscription overrides the application's. Unconfirmed (5.4), off. */
  sign_with_subscription_key: z.boolean().default(false),
  /** Null: a conference link arrives only when told to. No webhook tells of it either way (4.2). */
  location_push_seconds: positive.nullable().default(20),
  /** Older captures of the refresh answer lack `organization` (2.3). */
  refresh_answers_organization: z.boolean().default(true),
  /** Calendly recommends PKCE without requiring it (2.2). */
  require_pkce: z.boolean().default(false),
});

export type Settings = z.output<typeof settingsSchema>;
