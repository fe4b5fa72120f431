import { Injectable } from '@nestjs/common';
import { AuditTrail, includesRole, Organizations, type Session } from '../accounts/index.js';
import { newId } from '../platform/database/identifiers.js';
import type { Transaction } from '../platform/database/transaction.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { EgressFailure } from '../platform/egress/egress-failure.js';
import { Problem, type ProblemDefinition } from '../platform/errors/problem.js';
import { EventLog } from '../platform/logging/event-log.js';
import { ConnectedAccounts } from './connected-accounts.js';
import { consentPageUrl } from './consent-page.js';
import type { Integration } from './integration.row.js';
import { IntegrationLifecycle } from './integration-lifecycle.js';
import { IntegrationsConfig } from './integrations.config.js';
import {
  codeInvalid,
  issuerMismatch,
  organizationMismatch,
  providerNotConfigured,
  redirectMismatch,
  stateInvalid,
  stateMissing,
} from './integrations.problems.js';
import { OAuthTransactions } from './oauth-transactions.js';
import { checkProviderAccount } from './provider-account.js';
import { ProviderError, toProviderError } from './provider-error.js';
import { toProviderProblem } from './provider-problem.js';
import { ProviderRegistry } from './provider.registry.js';
import type { CodeExchange, OAuthProvider, ProviderAccount, TokenGrant } from './provider.js';
import { SharedAccounts } from './shared-accounts.js';
import { checkTokenGrant } from './token-grant.js';

/** What a front end passes on from the provider's redirect. */
export interface ConnectCallback {
  readonly code?: string;
  readonly state?: string;
  /** Only compared: the session says whose account it becomes. */
  readonly organizationId?: string;
  /** Only compared: the redirect is the one the consent was begun with. */
  readonly redirectUri?: string;
  /** The provider's word when there is no code. */
  readonly error?: string;
  readonly iss?: string;
}

/** Who connects: a session, as far as connecting needs it. */
export type Connector = Pick<Session, 'organizationId' | 'userId' | 'sessionId'>;

export interface Connected {
  readonly integrationId: string;
  readonly email: string;
}

/** A consent this session may use, spent. */
interface Consent extends Pick<CodeExchange, 'redirectUri' | 'verifier'> {
  /** Null when the consent page was not opened through us. */
  readonly transactionId: string | null;
}

const WITHOUT_CONSENT = { transactionId: null };

/**
 * Connecting an account, from the consent page to the stored connection. What a client sends only ever proves that it
 * is the one who began: the organization comes from the session, the redirect from the configuration, and a state is
 * spent before any call leaves. Everything that makes up a connection is stored by one transaction, or nothing is, and
 * then the new grant is given back to the provider.
 */
@Injectable()
export class ConnectFlow {
  constructor(
    private readonly uow: UnitOfWork,
    private readonly registry: ProviderRegistry,
    private readonly transactions: OAuthTransactions,
    private readonly accounts: ConnectedAccounts,
    private readonly sharedAccounts: SharedAccounts,
    private readonly lifecycle: IntegrationLifecycle,
    private readonly organizations: Organizations,
    private readonly audit: AuditTrail,
    private readonly config: IntegrationsConfig,
    private readonly log: EventLog,
  ) {}

  async begin(session: Session, providerId: string): Promise<{ authUrl: string; state: string }> {
    const provider = this.getConfigured(providerId);
    const opened = await this.uow.inOrganization(session, (tx) => this.transactions.open(tx, session, provider));
    return { authUrl: consentPageUrl(provider.oauth, opened), state: opened.state };
  }

  async complete(session: Session, providerId: string, callback: ConnectCallback): Promise<Connected> {
    const provider = this.getConfigured(providerId);
    if (callback.error !== undefined) return await this.deny(session, provider, callback);
    const code = readCode(callback.code);
    const consent =
      callback.state === undefined
        ? await this.acceptStateless(session, provider, callback)
        : await this.spend(session, provider, callback, callback.state);
    this.log.event('oauth.code_received', { provider: provider.id });
    return await this.connect(session, provider, consent, () => redeem(provider, code, consent));
  }

  /**
   * For a redirect that brings the browser to us and no session with it: the state alone says who began, and counts for
   * nobody else. Answers them with the connection.
   */
  async completeReturn(providerId: string, callback: ConnectCallback): Promise<Connected & { connector: Connector }> {
    const provider = this.getConfigured(providerId);
    const { state } = callback;
    if (state === undefined) throw new Problem(stateMissing);
    const connector = await this.uow.acrossOrganizations((tx) => this.transactions.findOwner(tx, provider.id, state));
    if (connector === null) throw new Problem(stateInvalid);
    if (callback.error !== undefined) return await this.deny(connector, provider, callback);
    const code = readCode(callback.code);
    const consent = await this.spend(connector, provider, callback, state);
    this.log.event('oauth.code_received', { provider: provider.id });
    const connected = await this.connect(connector, provider, consent, () => redeem(provider, code, consent));
    return { ...connected, connector };
  }

  /** With a grant that takes no consent page: of an account that the provider makes for us, or a key somebody gives. */
  async connectGranted(
    connector: Connector,
    providerId: string,
    obtain: () => Promise<TokenGrant>,
  ): Promise<Connected> {
    return await this.connect(connector, this.getConfigured(providerId), WITHOUT_CONSENT, obtain);
  }

  /** The person said no, or the provider did for them: the transaction is over, nothing else happened. */
  private async deny(session: Connector, provider: OAuthProvider, { state }: ConnectCallback): Promise<never> {
    if (state === undefined) throw new Problem(stateMissing);
    const isOurs = await this.uow.inOrganization(session, async (tx) => {
      const spent = await this.transactions.spend(tx, session, provider.id, state);
      if (spent) await this.transactions.noteOutcome(tx, spent.id, 'denied');
      return spent !== null;
    });
    if (!isOurs) throw new Problem(stateInvalid);
    this.log.event('oauth.denied', { provider: provider.id });
    throw toProviderProblem(provider, { kind: 'denied' }, 'connecting');
  }

  /** Spends the state first, whatever the rest of the callback holds: a state that was shown with a lie is burnt. */
  private async spend(
    session: Connector,
    provider: OAuthProvider,
    callback: ConnectCallback,
    state: string,
  ): Promise<Consent> {
    const verdict = await this.uow.inOrganization(session, async (tx): Promise<Consent | ProblemDefinition> => {
      const spent = await this.transactions.spend(tx, session, provider.id, state);
      if (!spent) {
        await this.recordRefusal(tx, session, provider, stateInvalid.code);
        return stateInvalid;
      }
      const refused = refusalOf(session, provider, callback, spent.redirectUri);
      if (refused) {
        await this.transactions.noteOutcome(tx, spent.id, refused.code);
        await this.recordRefusal(tx, session, provider, refused.code);
        return refused;
      }
      return { transactionId: spent.id, redirectUri: spent.redirectUri, verifier: spent.verifier };
    });
    // Thrown only now: the spent state and the audit line must be committed.
    if ('code' in verdict) throw new Problem(verdict);
    return verdict;
  }

  /**
   * A callback of a front end that opens the consent page by itself. Nothing proves that this session asked for it, so
   * it takes a switch, and somebody who could do as much harm without it.
   */
  private async acceptStateless(
    session: Session,
    provider: OAuthProvider,
    callback: ConnectCallback,
  ): Promise<Consent> {
    if (!this.config.allowsStatelessCallback || !includesRole(session.role, 'admin')) throw new Problem(stateMissing);
    const { redirectUri } = provider.oauth;
    const refused = refusalOf(session, provider, callback, redirectUri);
    if (refused) {
      await this.uow.inOrganization(session, (tx) => this.recordRefusal(tx, session, provider, refused.code));
      throw new Problem(refused);
    }
    this.log.warning('oauth.stateless_callback', { provider: provider.id });
    return { transactionId: null, redirectUri, verifier: null };
  }

  private async connect(
    session: Connector,
    provider: OAuthProvider,
    consent: Pick<Consent, 'transactionId'>,
    obtain: () => Promise<TokenGrant>,
  ): Promise<Connected> {
    let grant: TokenGrant | undefined;
    let account: ProviderAccount | undefined;
    try {
      grant = await obtain();
      checkTokenGrant(grant);
      account = await provider.readAccount(firstAccess(session, grant), grant);
      checkProviderAccount(account);
      this.log.event('oauth.account_read', { provider: provider.id });
      const { id } = await this.store(session, provider, consent, account, grant);
      return { integrationId: id, email: account.email };
    } catch (error) {
      if (grant) await this.giveBack(provider, grant, account);
      await this.recordFailure(session, provider, consent, error);
      if (!(error instanceof ProviderError || error instanceof EgressFailure)) throw error;
      throw toProviderProblem(provider, toProviderError(error).failure, 'connecting', error);
    }
  }

  private async store(
    session: Connector,
    provider: OAuthProvider,
    { transactionId }: Pick<Consent, 'transactionId'>,
    account: ProviderAccount,
    grant: TokenGrant,
  ): Promise<Integration> {
    const fields = { provider: provider.id };
    const integration = await this.uow.inOrganization(session, async (tx) => {
      const { userId } = session;
      const saved = await this.accounts.save(tx, { provider, userId, account, grant });
      if (provider.oauth.servesOrganization) {
        await this.organizations.patchSettings(tx, provider.id, settingsOf(saved.integration, account, grant));
      }
      await this.lifecycle.connected(tx, saved.integration);
      if (saved.former.status !== 'connected') {
        await this.lifecycle.statusChanged(tx, saved.integration, saved.former);
      }
      if (transactionId) await this.transactions.noteOutcome(tx, transactionId, 'connected');
      await this.audit.record(tx, {
        actor: { type: 'user', id: userId },
        action: 'integration.connected',
        object: { type: 'integration', id: saved.integration.id },
        details: { provider: provider.id },
      });
      return saved.integration;
    });
    this.log.event('oauth.tokens_stored', { ...fields, integration_id: integration.id });
    if (provider.oauth.servesOrganization) this.log.event('settings.updated', fields);
    this.log.event('integration.connected', { ...fields, integration_id: integration.id });
    return integration;
  }

  /**
   * Nobody will use this grant. It is left alone where ending it could end somebody's connection: another one on the
   * same account, or, with a provider that ends all grants of an account at once, any while we do not know the account.
   */
  private async giveBack(provider: OAuthProvider, grant: TokenGrant, account?: ProviderAccount): Promise<void> {
    try {
      const accountId = account?.accountId ?? null;
      const couldHarm =
        (accountId !== null || provider.oauth.revokesWholeAccount === true) &&
        (await this.sharedAccounts.hasLiveConnection(provider.id, accountId));
      if (couldHarm) return;
      await provider.revokeGrant(grant.refreshToken ?? grant.accessToken);
    } catch (error) {
      // The answer to the person is about the connection that failed, not about this.
      this.log.failure('oauth.give_back_failed', error, { provider: provider.id });
    }
  }

  private async recordFailure(
    session: Connector,
    provider: OAuthProvider,
    { transactionId }: Pick<Consent, 'transactionId'>,
    error: unknown,
  ): Promise<void> {
    const reason = toProviderError(error).code;
    this.log.failure('integration.connect_failed', error, { provider: provider.id, reason });
    try {
      await this.uow.inOrganization(session, async (tx) => {
        if (transactionId) await this.transactions.noteOutcome(tx, transactionId, reason);
        await this.record(tx, session, provider, 'failure', reason);
      });
    } catch (cause) {
      this.log.failure('integration.connect_failure_not_recorded', cause, { provider: provider.id });
    }
  }

  private async recordRefusal(
    tx: Transaction,
    session: Connector,
    provider: OAuthProvider,
    reason: string,
  ): Promise<void> {
    this.log.warning('oauth.callback_refused', { provider: provider.id, reason });
    await this.record(tx, session, provider, 'refused', reason);
  }

  private async record(
    tx: Transaction,
    session: Connector,
    { id }: OAuthProvider,
    outcome: 'refused' | 'failure',
    reason: string,
  ): Promise<void> {
    const actor = { type: 'user' as const, id: session.userId };
    await this.audit.record(tx, { actor, action: 'integration.connect', outcome, details: { provider: id, reason } });
  }

  private getConfigured(providerId: string): OAuthProvider {
    const provider = this.registry.get(providerId);
    const { missingVariables } = provider.oauth;
    if (missingVariables.length === 0) return provider;
    const names = missingVariables.join(', ');
    throw new Problem(providerNotConfigured, {
      detail: {
        fr: `${provider.displayName} n’est pas configuré : l’administrateur du serveur doit renseigner ${names}.`,
        en: `${provider.displayName} is not configured: the administrator of the server must set ${names}.`,
      },
    });
  }
}

/** The rest of the callback against what the consent was begun with. */
function refusalOf(
  session: Connector,
  { oauth }: OAuthProvider,
  callback: ConnectCallback,
  redirectUri: string,
): ProblemDefinition | null {
  const { organizationId, iss } = callback;
  if (organizationId !== undefined && organizationId !== session.organizationId) return organizationMismatch;
  if (callback.redirectUri !== undefined && callback.redirectUri !== redirectUri) return redirectMismatch;
  if (iss !== undefined && oauth.issuer !== undefined && iss !== oauth.issuer) return issuerMismatch;
  return null;
}

/** RFC 6749, appendix A.11: visible ASCII. */
function readCode(code: string | undefined): string {
  if (typeof code !== 'string' || !/^[\x21-\x7e]{1,2048}$/.test(code)) throw new Problem(codeInvalid);
  return code;
}

function redeem(provider: OAuthProvider, code: string, { redirectUri, verifier }: Consent): Promise<TokenGrant> {
  return provider.exchangeCode({ code, redirectUri, verifier });
}

function firstAccess({ organizationId }: Connector, { accessToken, options }: TokenGrant) {
  return { integrationId: newId(), organizationId, accessToken, tokenVersion: 0, options };
}

/** What the organization's settings show of its account, under the names that existing front ends read. */
function settingsOf(
  integration: Integration,
  account: ProviderAccount,
  { tokenType }: TokenGrant,
): Record<string, unknown> {
  return {
    enabled: true,
    mode: 'simple',
    oauth_connected: true,
    oauth_email: account.email,
    oauth_user_uri: account.accountId,
    oauth_user_name: account.name,
    oauth_expires_at: integration.expires_at?.toISOString() ?? null,
    oauth_token_type: tokenType,
    ...account.settings,
  };
}
