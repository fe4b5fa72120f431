import type { Calls } from '../calls.js';
import type { SandboxClock } from '../clock.js';
import type { ClientApp } from './client-app.js';
import type { Delta } from './delta.js';
import type { EventShapes } from './event-list.js';
import type { EventWriting } from './event-writing.js';
import type { Faults } from './faults.js';
import type { Grants } from './grants.js';
import type { Links } from './links.js';
import type { Mails } from './mails.js';
import type { Notifications } from './notifications.js';
import type { PageFaults } from './page-faults.js';
import type { Settings } from './settings.js';
import type { Store } from './store.js';
import type { Subscriptions } from './subscriptions.js';
import type { Throttle } from './throttle.js';
import type { TokenExchange } from './token-exchange.js';
import type { TokenFaults } from './token-faults.js';
import type { Wire } from './wire.js';

/** What one instance is made of. Nothing is shared between instances. */
export interface OutlookParts {
  readonly app: ClientApp;
  readonly calls: Calls;
  readonly clock: SandboxClock;
  readonly delta: Delta;
  readonly faults: Faults;
  readonly grants: Grants;
  readonly links: Links;
  readonly mails: Mails;
  readonly notifications: Notifications;
  readonly pageFaults: PageFaults;
  /** Changed in place, so that everyone sees a change at once. */
  readonly settings: Settings;
  readonly shapes: EventShapes;
  readonly store: Store;
  readonly subscriptions: Subscriptions;
  readonly throttle: Throttle;
  readonly tokenFaults: TokenFaults;
  readonly tokens: TokenExchange;
  readonly wire: Wire;
  readonly writing: EventWriting;
}
