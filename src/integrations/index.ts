export { IntegrationsModule } from './integrations.module.js';
export { IntegrationsConfig, integrationsConfig } from './integrations.config.js';

export type {
  CodeExchange,
  GrantOwner,
  OAuthProfile,
  OAuthProvider,
  ProviderAccess,
  ProviderAccount,
  TokenGrant,
} from './provider.js';
export { isLost, ProviderError, type ProviderFailure, toProviderError } from './provider-error.js';
export { type ProviderMoment, toProviderProblem } from './provider-problem.js';
export { ProviderRegistry } from './provider.registry.js';
export { readTokenGrant } from './token-grant.js';
export { readRetryAt, type RegistrationVariables, toOAuthRefusal } from './oauth-refusal.js';

export { type ConnectCallback, type Connected, ConnectFlow, type Connector } from './connect-flow.js';
export { ConnectCallbackDto } from './dto/connect-callback.dto.js';
export { TokenVault } from './token-vault.js';
export { type DisconnectScope, type IntegrationPatch, Integrations } from './integrations.service.js';
export type { Integration, IntegrationStatus } from './integration.row.js';
export { type AccessHealth, ConnectionHealth } from './connection-health.js';
export { type Pause, pauseNote, pauseOf } from './pause.js';
export { isPushed } from './pushing.js';
export { type Departure, type FormerStatus, IntegrationLifecycle } from './integration-lifecycle.js';
export { breakOrRecovery } from './broken-connection.js';
export { explainStatus, statusCode } from './status-reasons.js';
export * from './integrations.problems.js';
