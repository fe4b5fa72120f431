import type { Calls } from '../calls.js';
import type { SandboxClock } from '../clock.js';
import type { Authentication } from './authentication.js';
import type { BookingWire } from './booking-wire.js';
import type { CalendarConsents } from './calendar-consents.js';
import type { Calendars } from './calendars.js';
import type { ClientApp } from './client-app.js';
import type { Deliveries } from './deliveries.js';
import type { Faults } from './faults.js';
import type { Links } from './links.js';
import type { ManagedUsers } from './managed-users.js';
import type { OAuthGrants } from './oauth-grants.js';
import type { PlatformTokens } from './platform-tokens.js';
import type { RateLimit } from './rate-limit.js';
import type { Scheduling } from './scheduling.js';
import type { Settings } from './settings.js';
import type { Store } from './store.js';

/** What one instance is made of. Nothing is shared between instances. */
export interface CalComParts {
  readonly app: ClientApp;
  readonly authentication: Authentication;
  readonly bookingWire: BookingWire;
  readonly calendarConsents: CalendarConsents;
  readonly calendars: Calendars;
  readonly calls: Calls;
  readonly clock: SandboxClock;
  readonly deliveries: Deliveries;
  readonly faults: Faults;
  readonly links: Links;
  readonly managedUsers: ManagedUsers;
  readonly oauthGrants: OAuthGrants;
  readonly platformTokens: PlatformTokens;
  readonly rateLimit: RateLimit;
  readonly scheduling: Scheduling;
  /** Changed in place, so that everyone sees a change at once. */
  readonly settings: Settings;
  readonly store: Store;
}
