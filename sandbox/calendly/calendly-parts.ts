import type { Calls } from '../calls.js';
import type { SandboxClock } from '../clock.js';
import type { ClientApp } from './client-app.js';
import type { Deliveries } from './deliveries.js';
import type { Faults } from './faults.js';
import type { Grants } from './grants.js';
import type { Links } from './links.js';
import type { Pages } from './pages.js';
import type { RateLimit } from './rate-limit.js';
import type { Scheduling } from './scheduling.js';
import type { Settings } from './settings.js';
import type { Store } from './store.js';
import type { TokenExchange } from './token-exchange.js';
import type { Wire } from './wire.js';

/** What one instance is made of. Nothing is shared between instances. */
export interface CalendlyParts {
  readonly app: ClientApp;
  readonly calls: Calls;
  readonly clock: SandboxClock;
  readonly deliveries: Deliveries;
  readonly faults: Faults;
  readonly grants: Grants;
  readonly links: Links;
  readonly pages: Pages;
  readonly rateLimit: RateLimit;
  readonly scheduling: Scheduling;
  /** Changed in place, so that everyone sees a change at once. */
  readonly settings: Settings;
  readonly store: Store;
  readonly tokens: TokenExchange;
  readonly wire: Wire;
}
