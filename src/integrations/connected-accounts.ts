import { Injectable } from '@nestjs/common';
import { FieldCipher } from '../platform/crypto/field-cipher.js';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { INTEGRATION_COLUMNS, type Integration } from './integration.row.js';
import type { FormerStatus } from './integration-lifecycle.js';
import { ProviderError } from './provider-error.js';
import type { OAuthProvider, ProviderAccount, TokenGrant } from './provider.js';
import { tokenPlace } from './token-place.js';

export interface NewConnection {
  readonly provider: OAuthProvider;
  /** Who connects; kept only where accounts belong to people. */
  readonly userId: string;
  readonly account: ProviderAccount;
  readonly grant: TokenGrant;
}

export interface SavedConnection {
  readonly integration: Integration;
  readonly former: FormerStatus;
}

type FormerRow = Pick<Integration, 'id' | 'status' | 'status_reason'> & {
  token_version: number;
  refresh_token: string | null;
};

/**
 * Stores a connected account. An account that was connected before keeps its row, and with it all that was read and
 * exported through it, whether it was still live, in need of consent, or disconnected since.
 */
@Injectable()
export class ConnectedAccounts {
  constructor(private readonly cipher: FieldCipher) {}

  async save(tx: Transaction, connection: NewConnection): Promise<SavedConnection> {
    const { provider, account } = connection;
    const userId = provider.oauth.servesOrganization ? null : connection.userId;
    // Two callbacks for one account must find each other's row.
    const identity = [tx.organizationId, provider.id, account.accountId].join(' ');
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`connect:${identity}`]);
    const former = await this.findFormer(tx, connection);
    const id = former?.id ?? newId();
    if (!former) await this.insert(tx, id, provider.id, userId, account.accountId);
    const version = (former?.token_version ?? 0) + 1;
    const refreshToken = connection.grant.refreshToken ?? (await this.openFormer(tx, former));
    // Without one the connection would end with its first access token.
    if (refreshToken === null) throw new ProviderError({ kind: 'contract' });
    const integration = await this.fill(tx, id, version, userId, { ...connection, refreshToken });
    return { integration, former: former ?? { status: 'disconnected', status_reason: null } };
  }

  /**
   * Where a provider serves people, theirs; where it serves organizations, the organization's. It may have been the other
   * way round when the account was connected last: then the connection changes hands, with all that came by it.
   */
  private async findFormer(
    tx: Transaction,
    { provider, userId, account }: NewConnection,
  ): Promise<FormerRow | undefined> {
    const [row] = await tx.query<FormerRow>(
      `SELECT id, status, status_reason, token_version, refresh_token FROM integrations
       WHERE organization_id = $1 AND provider = $2 AND account_id = $3 AND (user_id IS NULL OR user_id = $4)
       ORDER BY is_active DESC, (user_id IS NULL) = $5 DESC, connected_at DESC LIMIT 1 FOR NO KEY UPDATE`,
      [tx.organizationId, provider.id, account.accountId, userId, provider.oauth.servesOrganization],
    );
    return row;
  }

  /** A provider that gives a refresh token once means the one it gave then; nothing is ever overwritten with nothing. */
  private async openFormer(tx: Transaction, former: FormerRow | undefined): Promise<string | null> {
    if (!former?.refresh_token || former.status === 'needs_reauth') return null;
    return await this.cipher.open(
      tx,
      tokenPlace(former.id, 'refresh_token', former.token_version),
      former.refresh_token,
    );
  }

  private async insert(
    tx: Transaction,
    id: string,
    provider: string,
    userId: string | null,
    accountId: string,
  ): Promise<void> {
    await tx.execute(
      `INSERT INTO integrations (id, organization_id, user_id, provider, account_id, status)
       VALUES ($1, $2, $3, $4, $5, 'connected')`,
      [id, tx.organizationId, userId, provider, accountId],
    );
  }

  private async fill(
    tx: Transaction,
    id: string,
    tokenVersion: number,
    userId: string | null,
    { account, grant, refreshToken }: NewConnection & { refreshToken: string },
  ): Promise<Integration> {
    const cipher = await this.cipher.forOrganization(tx);
    const [integration] = await tx.query<Integration>(
      `UPDATE integrations SET
         account_email = $3, account_name = $4, scope = $5, options = options || $6::jsonb,
         access_token = $7, refresh_token = $8, token_version = $9,
         issued_at = clock_timestamp(), expires_at = clock_timestamp() + make_interval(secs => $10),
         lease_owner = NULL, lease_until = NULL, refresh_not_before = NULL, calls_not_before = NULL,
         consented_at = clock_timestamp(),
         status = 'connected', status_reason = NULL, status_changed_at = now(), is_active = true,
         connected_at = CASE WHEN is_active THEN connected_at ELSE now() END, disconnected_at = NULL,
         next_sync_at = now() + make_interval(mins => sync_interval_minutes), user_id = $11, updated_at = now()
       WHERE id = $1 AND organization_id = $2 RETURNING ${INTEGRATION_COLUMNS}`,
      [
        id,
        tx.organizationId,
        account.email,
        account.name,
        grant.scope,
        JSON.stringify({ ...grant.options, ...account.options }),
        cipher.seal(tokenPlace(id, 'access_token', tokenVersion), grant.accessToken),
        cipher.seal(tokenPlace(id, 'refresh_token', tokenVersion), refreshToken),
        tokenVersion,
        grant.expiresInSeconds,
        userId,
      ],
    );
    if (!integration) throw new Error('A connection was neither found nor made');
    return integration;
  }
}
