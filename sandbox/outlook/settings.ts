import { z } from 'zod';

const positive = z.number().int().positive();
const seconds = z.number().nonnegative();

/** What tests and demonstrations may turn. The defaults are Microsoft's own figures where it publishes any. */
export const settingsSchema = z.strictObject({
  // Sign-in (contract 1 to 3)

  /** Whom the application is registered for. */
  sign_in_audience: z
    .enum(['AzureADMyOrg', 'AzureADMultipleOrgs', 'AzureADandPersonalMicrosoftAccount', 'PersonalMicrosoftAccount'])
    .default('AzureADandPersonalMicrosoftAccount'),
  /** Null: at random between 60 and 90 minutes, anew for each token. */
  access_token_seconds: positive.nullable().default(null),
  refresh_token_days: positive.default(90),
  /** `Calendars.ReadWrite`, or `https://graph.microsoft.com/Calendars.ReadWrite`. */
  scope_echo: z.enum(['short', 'full']).default('short'),
  id_token: z.enum(['unsigned', 'signed']).default('signed'),
  /** What a callback hears when the tenant keeps consent to its administrators. */
  admin_approval_error: z.enum(['access_denied', 'consent_required']).default('consent_required'),

  // Pages (4, 7, 8)

  default_page_size: positive.default(10),
  largest_page_size: positive.default(1000),

  // Events (5, 6)

  /** Third parties report 400, test doubles often 409. */
  duplicate_transaction_status: z.union([z.literal(400), z.literal(409)]).default(400),
  duplicate_transaction_names_event: z.boolean().default(true),
  /** A start in a zone nobody knows is answered as it stands, whatever `Prefer: outlook.timezone` asks. */
  answer_unknown_zones_raw: z.boolean().default(false),
  /** The ids of every second event differ from those of the one before by the case of their letters alone. */
  ids_differ_by_case: z.boolean().default(false),

  // Delta (8)

  /** How long a change takes to show in delta, and only there. */
  delta_delay_seconds: seconds.default(0),
  /** Reports differ. */
  delta_includes_masters: z.boolean().default(true),
  /** Otherwise the master comes as changed, and nothing tells which occurrence went (contract 13). */
  delta_reports_deleted_occurrences: z.boolean().default(false),
  /** So many changes of a round come twice, in an older state first where there is one. */
  delta_duplicates: z.number().int().nonnegative().default(0),
  /** So many unchanged events come again in each incremental round. */
  delta_replays: z.number().int().nonnegative().default(0),
  /** Null: for good. */
  delta_token_lifetime_seconds: positive.nullable().default(null),
  /** How a token that is too old is refused. */
  delta_expiry_status: z.union([z.literal(410), z.literal(404), z.literal(400)]).default(410),

  // Subscriptions and notifications (9)

  subscription_floor_minutes: positive.default(45),
  /** Older pages say 4230. */
  subscription_ceiling_minutes: positive.default(10_080),
  subscription_above_ceiling: z.enum(['refuse', 'shorten']).default('refuse'),
  subscriptions_at_most: positive.default(1000),
  refuse_duplicate_subscriptions: z.boolean().default(true),
  validate_on_renewal: z.boolean().default(false),
  reauthorize_status: z.union([z.literal(200), z.literal(202), z.literal(204)]).default(204),
  /** The one relaxation: loopback receivers speak plain http. */
  allow_http_notification_urls: z.boolean().default(true),
  validation_timeout_ms: positive.default(10_000),
  notification_timeout_ms: positive.default(3000),
  notification_delay_seconds: seconds.default(0),
  /** So many changes at most in one POST. */
  notification_batch_size: positive.default(20),
  /** So many times each POST is sent again once it was accepted. */
  notification_duplicates: z.number().int().nonnegative().default(0),
  retry_first_seconds: z.number().positive().default(10),
  retry_longest_seconds: z.number().positive().default(1800),
  retry_during_seconds: z.number().positive().default(14_400),

  // Limits (10)

  concurrent_requests: positive.default(4),
  request_limit: positive.default(10_000),
  request_window_seconds: positive.default(600),
  fractional_retry_after: z.boolean().default(true),
  /** Every answer of Graph takes this much longer, so that requests overlap. */
  latency_ms: z.number().int().nonnegative().default(0),
});

export type Settings = z.output<typeof settingsSchema>;
