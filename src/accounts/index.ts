export { AccountsModule } from './accounts.module.js';
export { AccountsConfig, accountsConfig } from './accounts.config.js';

// Who is asking
export { includesRole, type Role, type Session } from './session.js';
export { CurrentSession, ForbidsWithoutSession, Public, RequiresRole } from './session.decorators.js';
export { SessionAuthenticator } from './session-authenticator.js';
export { SESSIONS_ENDED_CHANNEL, allSessionsOf } from './session-endings.js';
export {
  roleRequired,
  sessionInvalid,
  sessionMissing,
  sessionRequired,
  tokenKeysUnavailable,
} from './accounts.problems.js';

// For whom
export type { Organization } from './organization.row.js';
export { Organizations } from './organizations.service.js';
export { UserNames } from './user-names.js';

// What was done
export type { AuditDetails } from './audit-chain.js';
export { AuditTrail, type AuditEntry, type AuditVerdict } from './audit-trail.js';

// For whoever operates the deployment
export { PasswordReset, type TemporaryPassword } from './password-reset.js';
export { Passwords } from './passwords.js';

// For trying things out
export { DEMO_ACCOUNTS, DemoAccounts } from './demo-accounts.js';
