/**
 * What any provider that is connected by OAuth can do for us. A provider answers with values of these shapes or throws
 * `ProviderError`; it keeps nothing itself, and it never sees a table.
 */
export interface OAuthProvider {
  /** Kebab-case and lasting: it is written in rows, for example `google-calendar`. */
  readonly id: string;
  /** As people know it, for example `Google Calendar`. */
  readonly displayName: string;
  readonly oauth: OAuthProfile;

  /** The token endpoint's answer to a code. Refused codes are `reauthorize`. */
  exchangeCode(input: CodeExchange): Promise<TokenGrant>;

  /**
   * The token endpoint's answer to a refresh token, which may be spent by asking. `reauthorize` only when the provider
   * said `invalid_grant`: anything else leaves the connection alive. `owner` is whose tokens they are, wherever a
   * connection exists: a provider may have another way to renew the access of an account it knows.
   */
  refreshGrant(refreshToken: string, owner?: GrantOwner): Promise<TokenGrant>;

  /** Ends a grant. A token that the provider no longer knows is already revoked; without such a call it does nothing. */
  revokeGrant(token: string): Promise<void>;

  /** Whose account was just connected, asked on a fixed host. */
  readAccount(access: ProviderAccess, grant: TokenGrant): Promise<ProviderAccount>;
}

/** What is peculiar to a provider's consent, as data. */
export interface OAuthProfile {
  /** The consent page, without parameters. */
  readonly authorizeUrl: string;
  /** What the consent page wants beyond the standard: `client_id` at least. */
  readonly authorizeParams: Readonly<Record<string, string>>;
  readonly scopes: readonly string[];
  /** Registered at the provider, to the letter. */
  readonly redirectUri: string;
  /** Environment variables that are not set; while there are any, the provider is `not_configured`. */
  readonly missingVariables: readonly string[];
  /** One account for everybody in the organization, or one for each person. */
  readonly servesOrganization: boolean;
  /** What `iss` must be, where the provider sends one with its redirect (RFC 9207). */
  readonly issuer?: string;
  /** Revoking one token ends every grant of that account, those of other connections included. */
  readonly revokesWholeAccount?: boolean;
  /** How often a refresh token must be used to stay alive, where it dies of disuse. */
  readonly refreshAtLeastEveryDays?: number;
  /** How many days a grant lives while the provider regards our registration as being tested. */
  readonly testingGrantDays?: number;
}

export interface CodeExchange {
  readonly code: string;
  readonly redirectUri: string;
  /** The PKCE verifier; null when the consent was not started here (see `OAUTH_ALLOW_STATELESS_CALLBACK`). */
  readonly verifier: string | null;
}

/** A token endpoint's answer. */
export interface TokenGrant {
  readonly accessToken: string;
  /** Null when the answer brought none: then the one we have stays good. */
  readonly refreshToken: string | null;
  readonly expiresInSeconds: number;
  /** As granted, which can be less than what was asked; null when the answer does not say. */
  readonly scope: string | null;
  readonly tokenType: string;
  /** Further fields of the answer that say who owns the token. Merged into the integration's options. */
  readonly options: Readonly<Record<string, unknown>>;
}

/** The account a grant belongs to, as the connection has it. */
export interface GrantOwner {
  readonly accountId: string;
  readonly options: Readonly<Record<string, unknown>>;
}

/** What a call to a provider needs. Made by the vault, used at once, never kept. */
export interface ProviderAccess {
  readonly integrationId: string;
  readonly organizationId: string;
  readonly accessToken: string;
  readonly tokenVersion: number;
  readonly options: Readonly<Record<string, unknown>>;
}

export interface ProviderAccount {
  /** The provider's own lasting name for the account; an e-mail address is not one. */
  readonly accountId: string;
  readonly email: string;
  readonly name: string | null;
  /** What later calls need to know of the account. Never a token. */
  readonly options: Readonly<Record<string, unknown>>;
  /** What the organization's settings should show beside the fields all providers have. Never a token. */
  readonly settings?: Readonly<Record<string, unknown>>;
}
