import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AccountsHousekeeping } from './accounts-housekeeping.js';
import { AccountsSchedule } from './accounts.schedule.js';
import { AuditTrail } from './audit-trail.js';
import { AuthController } from './auth.controller.js';
import { BearerTokens } from './bearer-tokens.js';
import { CommonPasswords } from './common-passwords.js';
import { DemoAccounts } from './demo-accounts.js';
import { FailedLogins } from './failed-logins.js';
import { GuessLimits } from './guess-limits.js';
import { HostAccounts } from './host-accounts.js';
import { LiveSessions } from './live-sessions.js';
import { Login } from './login.service.js';
import { MembersController } from './members.controller.js';
import { Members } from './members.service.js';
import { OrganizationController } from './organization.controller.js';
import { Organizations } from './organizations.service.js';
import { PasswordChange } from './password-change.service.js';
import { Passwords } from './passwords.js';
import { Profile } from './profile.service.js';
import { Registration } from './registration.service.js';
import { SessionAuthenticator } from './session-authenticator.js';
import { SessionGuard } from './session.guard.js';
import { Sessions } from './sessions.service.js';
import { UserNames } from './user-names.js';

/** Who is who: organizations, people, sessions, and the trail of what they did. Its guard stands before every route. */
@Module({
  controllers: [AuthController, OrganizationController, MembersController],
  providers: [
    { provide: APP_GUARD, useClass: SessionGuard },
    AccountsHousekeeping,
    AccountsSchedule,
    AuditTrail,
    BearerTokens,
    CommonPasswords,
    DemoAccounts,
    FailedLogins,
    GuessLimits,
    HostAccounts,
    LiveSessions,
    Login,
    Members,
    Organizations,
    PasswordChange,
    Passwords,
    Profile,
    Registration,
    SessionAuthenticator,
    Sessions,
    UserNames,
  ],
  exports: [AuditTrail, DemoAccounts, Organizations, SessionAuthenticator, UserNames],
})
export class AccountsModule {}
