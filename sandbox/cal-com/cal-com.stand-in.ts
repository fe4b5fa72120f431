import type { FastifyInstance } from 'fastify';
import { Calls } from '../calls.js';
import { SandboxClock } from '../clock.js';
import type { Gestures } from '../gestures.js';
import type { Origin, StandIn } from '../stand-in.js';
import { ApiError, errorBody } from './api-error.js';
import { registerApiRoutes } from './api.routes.js';
import { registerAppRoutes } from './app.routes.js';
import { Authentication } from './authentication.js';
import { registerBookingPageRoutes } from './booking-page.routes.js';
import { BookingWire } from './booking-wire.js';
import type { CalComParts } from './cal-com-parts.js';
import { CalendarConsents } from './calendar-consents.js';
import { Calendars } from './calendars.js';
import { ClientApp, type ClientAppOptions } from './client-app.js';
import { CalComControl } from './control.js';
import { registerControlRoutes } from './control.routes.js';
import { calComGestures } from './gestures.js';
import { Deliveries } from './deliveries.js';
import { Faults } from './faults.js';
import { Jwt } from './jwt.js';
import { Links } from './links.js';
import { ManagedUsers } from './managed-users.js';
import { OAuthGrants } from './oauth-grants.js';
import { PlatformTokens } from './platform-tokens.js';
import { RateLimit } from './rate-limit.js';
import { Scheduling } from './scheduling.js';
import { seed } from './seed.js';
import { type Settings, settingsSchema } from './settings.js';
import { Store } from './store.js';
import { watchAnswers } from './watch.js';
import { WebhookPayload } from './webhook-payload.js';

export interface CalComOptions extends ClientAppOptions {
  /** Freezes the clock there; it then moves only when advanced. Without it the clock follows the wall. */
  frozenAt?: Date;
  settings?: Partial<Settings>;
}

/** Cal.com as far as an application can tell: the platform, OAuth 2.0, the API, webhooks, and the calendars behind it. */
export class CalComStandIn implements StandIn {
  readonly name = 'cal-com';
  readonly title = 'Cal.com';
  readonly parts: CalComParts;
  readonly control: CalComControl;
  readonly gestures: Gestures;

  constructor(origin: Origin, options: CalComOptions) {
    this.parts = assemble(origin, options);
    this.control = new CalComControl(this.parts);
    this.gestures = calComGestures(this.parts, this.control);
    seed(this.parts);
  }

  async register(server: FastifyInstance): Promise<void> {
    const { parts, control } = this;
    await server.register(
      async (site) => {
        registerBookingPageRoutes(site, parts, control);
        await site.register(
          async (api) => {
            watchAnswers(api, parts);
            registerApiRoutes(api, parts);
          },
          { prefix: '/api/v2' },
        );
        await site.register(
          async (app) => {
            watchAnswers(app, parts);
            registerAppRoutes(app, parts);
          },
          { prefix: '/app' },
        );
      },
      { prefix: '/cal-com' },
    );
    await server.register(async (controls) => registerControlRoutes(controls, control), {
      prefix: '/_sandbox/cal-com',
    });
  }

  /** No webhook secret: whoever subscribes chooses it (contract 8.1). */
  environment(): Record<string, string> {
    const { app, links } = this.parts;
    return {
      CAL_CLIENT_ID: app.clientId,
      CAL_CLIENT_SECRET: app.clientSecret,
      CAL_API_URL: links.api,
      CAL_APP_URL: links.app,
    };
  }

  async close(): Promise<void> {
    this.parts.clock.stop();
    await this.parts.deliveries.clear();
    this.parts.clock.stop();
  }
}

function assemble(origin: Origin, options: CalComOptions): CalComParts {
  const clock = new SandboxClock(options.frozenAt ?? null);
  const settings = settingsSchema.parse(options.settings ?? {});
  const store = new Store();
  const links = new Links(origin);
  const jwt = new Jwt();
  const platformTokens = new PlatformTokens(clock, jwt);
  const oauthGrants = new OAuthGrants(clock, jwt);
  const bookingWire = new BookingWire(store);
  const payloads = new WebhookPayload(store, bookingWire, links, settings);
  const deliveries = new Deliveries(store, clock, payloads, settings);
  return {
    app: new ClientApp(options),
    authentication: new Authentication(store, platformTokens, oauthGrants),
    bookingWire,
    calendarConsents: new CalendarConsents(links),
    calendars: new Calendars(store, clock, settings),
    calls: new Calls(),
    clock,
    deliveries,
    faults: new Faults((status, request) =>
      request.url.includes('/auth/oauth2/')
        ? { error: status < 500 ? 'invalid_request' : 'server_error', error_description: 'Ordered by a test.' }
        : errorBody(orderedFault(status), request, clock),
    ),
    links,
    managedUsers: new ManagedUsers(store, clock),
    oauthGrants,
    platformTokens,
    rateLimit: new RateLimit(clock),
    scheduling: new Scheduling(store, clock, settings, (fact, booking, details) =>
      deliveries.publish(fact, booking, details),
    ),
    settings,
    store,
  };
}

function orderedFault(status: number): ApiError {
  const code = status === 429 ? 'ThrottlerException' : 'InternalServerErrorException';
  return new ApiError(status, code, 'Ordered by a test.', 'Ordered');
}
