import type { Calls } from '../calls.js';
import type { SandboxClock } from '../clock.js';
import type { Channels } from './channels.js';
import type { ClientApp } from './client-app.js';
import type { Concurrency } from './concurrency.js';
import type { Cursors } from './cursors.js';
import type { EventList } from './event-list.js';
import type { EventWire } from './event-wire.js';
import type { EventWriting } from './event-writing.js';
import type { Faults } from './faults.js';
import type { Grants } from './grants.js';
import type { IdTokens } from './id-tokens.js';
import type { Links } from './links.js';
import type { Mails } from './mails.js';
import type { Pushes } from './pushes.js';
import type { Quota } from './quota.js';
import type { Settings } from './settings.js';
import type { Store } from './store.js';
import type { TokenExchange } from './token-exchange.js';

/** What one instance is made of. Nothing is shared between instances. */
export interface GoogleParts {
  readonly app: ClientApp;
  readonly calls: Calls;
  readonly channels: Channels;
  readonly clock: SandboxClock;
  readonly concurrency: Concurrency;
  readonly cursors: Cursors;
  readonly eventList: EventList;
  readonly faults: Faults;
  readonly grants: Grants;
  readonly idTokens: IdTokens;
  readonly links: Links;
  readonly mails: Mails;
  readonly pushes: Pushes;
  readonly quota: Quota;
  /** Changed in place, so that everyone sees a change at once. */
  readonly settings: Settings;
  readonly store: Store;
  readonly tokens: TokenExchange;
  readonly wire: EventWire;
  readonly writing: EventWriting;
}
