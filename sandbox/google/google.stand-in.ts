import type { FastifyInstance } from 'fastify';
import { Calls } from '../calls.js';
import { SandboxClock } from '../clock.js';
import type { Gestures } from '../gestures.js';
import type { Origin, StandIn } from '../stand-in.js';
import { registerAgendaPageRoutes } from './agenda-page.routes.js';
import { registerApiRoutes } from './api.routes.js';
import { registerAuthRoutes } from './auth.routes.js';
import { Channels } from './channels.js';
import { ClientApp, type ClientAppOptions } from './client-app.js';
import { Concurrency } from './concurrency.js';
import { GoogleControl } from './control.js';
import { registerControlRoutes } from './control.routes.js';
import { googleGestures } from './gestures.js';
import { Cursors } from './cursors.js';
import { EventList } from './event-list.js';
import { EventWire } from './event-wire.js';
import { EventWriting } from './event-writing.js';
import { Faults } from './faults.js';
import type { GoogleParts } from './google-parts.js';
import { Grants } from './grants.js';
import { IdTokens } from './id-tokens.js';
import { Links } from './links.js';
import { Mails } from './mails.js';
import { observeAnswers } from './observation.js';
import { Pushes } from './pushes.js';
import { Quota } from './quota.js';
import { seed } from './seed.js';
import { type Settings, settingsSchema } from './settings.js';
import { Store } from './store.js';
import { TokenExchange } from './token-exchange.js';

export interface GoogleOptions extends ClientAppOptions {
  /** Freezes the clock there; it then moves only when advanced. Without it the clock follows the wall. */
  frozenAt?: Date;
  settings?: Partial<Settings>;
}

/** Google as far as an application can tell: its authorization server, its Calendar API, its notifications, two people. */
export class GoogleStandIn implements StandIn {
  readonly name = 'google';
  readonly title = 'Google Calendar';
  readonly parts: GoogleParts;
  readonly control: GoogleControl;
  readonly gestures: Gestures;

  constructor(origin: Origin, options: GoogleOptions) {
    this.parts = assemble(origin, options);
    this.control = new GoogleControl(this.parts);
    this.gestures = googleGestures(this.parts, this.control);
    seed(this.parts);
  }

  async register(server: FastifyInstance): Promise<void> {
    const { parts, control } = this;
    await server.register(async (site) => registerAgendaPageRoutes(site, parts, control), { prefix: '/google' });
    await server.register(
      async (auth) => {
        observeAnswers(auth, parts);
        registerAuthRoutes(auth, parts);
      },
      { prefix: '/google' },
    );
    await server.register(
      async (api) => {
        observeAnswers(api, parts);
        registerApiRoutes(api, parts);
      },
      { prefix: '/google/calendar/v3' },
    );
    await server.register(async (controls) => registerControlRoutes(controls, control), {
      prefix: '/_sandbox/google',
    });
  }

  environment(): Record<string, string> {
    const { app, links } = this.parts;
    return {
      GOOGLE_CLIENT_ID: app.clientId,
      GOOGLE_CLIENT_SECRET: app.clientSecret,
      GOOGLE_AUTH_URL: links.auth,
      GOOGLE_TOKEN_URL: links.token,
      GOOGLE_REVOKE_URL: links.revoke,
      GOOGLE_USERINFO_URL: links.userInfo,
      GOOGLE_API_URL: links.api,
    };
  }

  async close(): Promise<void> {
    this.parts.clock.stop();
    await this.parts.pushes.clear();
    this.parts.clock.stop();
  }
}

function assemble(origin: Origin, options: GoogleOptions): GoogleParts {
  const clock = new SandboxClock(options.frozenAt ?? null);
  const settings = settingsSchema.parse(options.settings ?? {});
  const app = new ClientApp(options);
  const store = new Store();
  const links = new Links(origin);
  const wire = new EventWire(links);
  const grants = new Grants(clock, settings);
  const idTokens = new IdTokens(app, store, clock);
  const cursors = new Cursors(clock);
  const mails = new Mails(clock, store);
  const pushes = new Pushes(clock, settings);
  const channels = new Channels(clock, links, settings, pushes);
  return {
    app,
    calls: new Calls(),
    channels,
    clock,
    concurrency: new Concurrency(),
    cursors,
    eventList: new EventList(clock, settings, cursors, wire),
    faults: new Faults(),
    grants,
    idTokens,
    links,
    mails,
    pushes,
    quota: new Quota(clock, settings),
    settings,
    store,
    tokens: new TokenExchange(app, grants, idTokens, settings, clock),
    wire,
    writing: new EventWriting(clock, settings, mails, (calendar, event) => channels.announce(calendar, event)),
  };
}
