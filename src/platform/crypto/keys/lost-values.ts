/**
 * What becomes of values that nobody can open any more, by column. `$1` is the organization, `$2` the ids of the data
 * keys that are lost. Business data stay; what only served to reach somebody else goes, and where a row cannot do
 * without, it says that it no longer works.
 */
export type LostValues = Readonly<{ resolve: string }> | Readonly<{ replaceBySecret: string }>;

const lost = (column: string) => `organization_id = $1 AND split_part(${column}, '.', 2) = ANY($2)`;

export const LOST_VALUES: Readonly<Record<string, LostValues>> = {
  'oauth_transactions.verifier': { resolve: `DELETE FROM oauth_transactions WHERE ${lost('verifier')}` },
  'integrations.access_token': { resolve: forgetTokens('access_token') },
  'integrations.refresh_token': { resolve: forgetTokens('refresh_token') },
  // Read from the start again, with the connection that comes back.
  'cursors.value': { resolve: `DELETE FROM cursors WHERE ${lost('value')}` },
  // Closed: nothing it receives could be checked. The next connection opens another.
  'channels.secret': {
    replaceBySecret: `UPDATE channels SET secret = $1, state = 'closed', closed_at = coalesce(closed_at, now())
                      WHERE organization_id = $2 AND id = $3`,
  },
  'deliveries.body': {
    resolve: `UPDATE deliveries SET body = NULL,
                state = CASE state WHEN 'received' THEN 'dead' ELSE state END,
                error_code = CASE state WHEN 'received' THEN 'crypto/key-lost' ELSE error_code END
              WHERE ${lost('body')}`,
  },
  // It can no longer be checked again, and still says that something was refused.
  'deliveries.evidence': { resolve: `UPDATE deliveries SET evidence = NULL WHERE ${lost('evidence')}` },
  'outbox.payload': { resolve: `DELETE FROM outbox WHERE ${lost('payload')}` },
  'mails.model': {
    resolve: `UPDATE mails SET model = NULL, next_attempt_at = NULL, updated_at = now(),
                state = CASE state WHEN 'queued' THEN 'failed' ELSE state END,
                last_error = CASE state WHEN 'queued' THEN 'crypto/key-lost' ELSE last_error END
              WHERE ${lost('model')}`,
  },
  // Off until somebody asks for a new secret and gives it to the receiver.
  'webhook_endpoints.secret': {
    replaceBySecret: `UPDATE webhook_endpoints SET secret = $1, enabled = false, disabled_reason = 'failing',
                        updated_at = now()
                      WHERE organization_id = $2 AND id = $3`,
  },
  'webhook_endpoints.previous_secret': {
    resolve: `UPDATE webhook_endpoints SET previous_secret = NULL, previous_secret_until = NULL
              WHERE ${lost('previous_secret')}`,
  },
  'webhook_messages.payload': { resolve: `DELETE FROM webhook_messages WHERE ${lost('payload')}` },
};

/** One lost token makes the other useless. Whoever was connected is asked to connect again. */
function forgetTokens(column: string): string {
  return `UPDATE integrations SET access_token = NULL, refresh_token = NULL, expires_at = NULL, issued_at = NULL,
            token_version = token_version + 1, lease_owner = NULL, lease_until = NULL,
            webhook_active = false, webhook_subscription_uri = NULL,
            status = CASE WHEN is_active THEN 'needs_reauth' ELSE status END,
            status_reason = CASE WHEN is_active THEN 'tokens_unreadable' ELSE status_reason END,
            status_changed_at = CASE WHEN is_active THEN now() ELSE status_changed_at END, updated_at = now()
          WHERE ${lost(column)}`;
}
