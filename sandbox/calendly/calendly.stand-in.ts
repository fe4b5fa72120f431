import type { FastifyInstance } from 'fastify';
import { Calls } from '../calls.js';
import { SandboxClock } from '../clock.js';
import type { Gestures } from '../gestures.js';
import type { Origin, StandIn } from '../stand-in.js';
import { registerApiRoutes } from './api.routes.js';
import { registerAuthRoutes } from './auth.routes.js';
import { registerBookingPageRoutes } from './booking-page.routes.js';
import type { CalendlyParts } from './calendly-parts.js';
import { ClientApp, type ClientAppOptions } from './client-app.js';
import { CalendlyControl } from './control.js';
import { registerControlRoutes } from './control.routes.js';
import { calendlyGestures } from './gestures.js';
import { Deliveries } from './deliveries.js';
import { Faults } from './faults.js';
import { Grants } from './grants.js';
import { Links } from './links.js';
import type { Invitee } from './model.js';
import { Pages } from './pages.js';
import { RateLimit } from './rate-limit.js';
import { Scheduling } from './scheduling.js';
import { knownScopes } from './scopes.js';
import { seed } from './seed.js';
import { type Settings, settingsSchema } from './settings.js';
import { Store } from './store.js';
import { TokenExchange } from './token-exchange.js';
import { watchAnswers } from './watch.js';
import type { InviteeEventName } from './webhook-events.js';
import { Wire } from './wire.js';

export interface CalendlyOptions extends ClientAppOptions {
  /** Freezes the clock there; it then moves only when advanced. Without it the clock follows the wall. */
  frozenAt?: Date;
  settings?: Partial<Settings>;
}

/** Calendly as far as an application can tell: its authorization server, its API, its webhooks and two of its users. */
export class CalendlyStandIn implements StandIn {
  readonly name = 'calendly';
  readonly title = 'Calendly';
  readonly parts: CalendlyParts;
  readonly control: CalendlyControl;
  readonly gestures: Gestures;

  constructor(origin: Origin, options: CalendlyOptions) {
    this.parts = assemble(origin, options);
    this.control = new CalendlyControl(this.parts);
    this.gestures = calendlyGestures(this.parts, this.control);
    seed(this.parts.store, this.parts.scheduling, this.parts.clock);
  }

  async register(server: FastifyInstance): Promise<void> {
    const { parts, control } = this;
    await server.register(
      async (site) => {
        registerBookingPageRoutes(site, parts, control);
        await site.register(
          async (auth) => {
            watchAnswers(auth, parts);
            registerAuthRoutes(auth, parts);
          },
          { prefix: '/auth' },
        );
        await site.register(
          async (api) => {
            watchAnswers(api, parts);
            registerApiRoutes(api, parts);
          },
          { prefix: '/api' },
        );
      },
      { prefix: '/calendly' },
    );
    await server.register(async (controls) => registerControlRoutes(controls, control), {
      prefix: '/_sandbox/calendly',
    });
  }

  environment(): Record<string, string> {
    const { app, links } = this.parts;
    return {
      CALENDLY_AUTH_URL: links.auth,
      CALENDLY_API_URL: links.api,
      CALENDLY_CLIENT_ID: app.clientId,
      CALENDLY_CLIENT_SECRET: app.clientSecret,
      CALENDLY_WEBHOOK_SIGNING_KEY: app.signingKey,
    };
  }

  async close(): Promise<void> {
    this.parts.clock.stop();
    await this.parts.deliveries.clear();
    this.parts.clock.stop();
  }
}

function assemble(origin: Origin, options: CalendlyOptions): CalendlyParts {
  const clock = new SandboxClock(options.frozenAt ?? null);
  const settings = settingsSchema.parse(options.settings ?? {});
  const store = new Store();
  const links = new Links(origin);
  const wire = new Wire(store, links);
  const grants = new Grants(clock);
  const deliveries = new Deliveries(store, clock, links, settings);
  const announce = (event: InviteeEventName, invitee: Invitee) => {
    const bookedEvent = store.eventOf(invitee);
    const { organizationId, hostId } = bookedEvent;
    deliveries.publish({ event, organizationId, hostId, payload: wire.inviteePayload(invitee), bookedEvent });
  };
  return {
    app: new ClientApp(options, knownScopes),
    calls: new Calls(),
    clock,
    deliveries,
    faults: new Faults(),
    grants,
    links,
    pages: new Pages(links),
    rateLimit: new RateLimit(clock),
    scheduling: new Scheduling(store, clock, settings, announce),
    settings,
    store,
    tokens: new TokenExchange(grants, store, links, settings, clock),
    wire,
  };
}
