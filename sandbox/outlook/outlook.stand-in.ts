import type { FastifyInstance } from 'fastify';
import { Calls } from '../calls.js';
import { SandboxClock } from '../clock.js';
import type { Gestures } from '../gestures.js';
import type { Origin, StandIn } from '../stand-in.js';
import { registerCalendarPageRoutes } from './calendar-page.routes.js';
import { ClientApp, type ClientAppOptions } from './client-app.js';
import { OutlookControl } from './control.js';
import { registerControlRoutes } from './control.routes.js';
import { outlookGestures } from './gestures.js';
import { Delta } from './delta.js';
import { EventShapes } from './event-list.js';
import { EventWriting } from './event-writing.js';
import { Faults } from './faults.js';
import { Grants } from './grants.js';
import { registerGraphRoutes } from './graph.routes.js';
import { Links } from './links.js';
import { registerLoginRoutes } from './login.routes.js';
import { Mails } from './mails.js';
import { Notifications } from './notifications.js';
import type { OutlookParts } from './outlook-parts.js';
import { PageFaults } from './page-faults.js';
import { seed } from './seed.js';
import { type Settings, settingsSchema } from './settings.js';
import { Store } from './store.js';
import { Subscriptions } from './subscriptions.js';
import { Throttle } from './throttle.js';
import { TokenExchange } from './token-exchange.js';
import { TokenFaults } from './token-faults.js';
import { watchAnswers } from './watch.js';
import { Wire } from './wire.js';

export interface OutlookOptions extends ClientAppOptions {
  /** Freezes the clock there; it then moves only when advanced. Without it the clock follows the wall. */
  frozenAt?: Date;
  settings?: Partial<Settings>;
}

/** Microsoft as far as an application can tell: its sign-in, the calendars of Graph, and two of its users. */
export class OutlookStandIn implements StandIn {
  readonly name = 'outlook';
  readonly title = 'Outlook';
  readonly parts: OutlookParts;
  readonly control: OutlookControl;
  readonly gestures: Gestures;

  constructor(origin: Origin, options: OutlookOptions) {
    this.parts = assemble(origin, options);
    this.control = new OutlookControl(this.parts);
    this.gestures = outlookGestures(this.parts, this.control);
    seed(this.parts.store, this.parts.writing, this.parts.clock);
  }

  async register(server: FastifyInstance): Promise<void> {
    const { parts, control } = this;
    await server.register(
      async (site) => {
        registerCalendarPageRoutes(site, parts, control);
        await site.register(
          async (login) => {
            watchAnswers(login, parts);
            registerLoginRoutes(login, parts);
          },
          { prefix: '/login' },
        );
        await site.register(async (graph) => registerGraphRoutes(graph, parts), { prefix: '/graph/v1.0' });
      },
      { prefix: '/outlook' },
    );
    await server.register(async (controls) => registerControlRoutes(controls, control), {
      prefix: '/_sandbox/outlook',
    });
  }

  environment(): Record<string, string> {
    const { app, links } = this.parts;
    return {
      OUTLOOK_CLIENT_ID: app.clientId,
      OUTLOOK_CLIENT_SECRET: app.clientSecret,
      OUTLOOK_LOGIN_URL: links.login,
      OUTLOOK_GRAPH_URL: links.graph,
    };
  }

  async close(): Promise<void> {
    this.parts.clock.stop();
    await this.parts.notifications.clear();
    this.parts.clock.stop();
  }
}

function assemble(origin: Origin, options: OutlookOptions): OutlookParts {
  const clock = new SandboxClock(options.frozenAt ?? null);
  const settings = settingsSchema.parse(options.settings ?? {});
  const app = new ClientApp(options);
  const links = new Links(origin);
  const store = new Store(clock, settings);
  const wire = new Wire(links, settings);
  const grants = new Grants(clock, settings);
  const pageFaults = new PageFaults();
  const tokenFaults = new TokenFaults();
  const subscriptions = new Subscriptions(clock);
  const notifications = new Notifications(clock, settings, store, subscriptions);
  return {
    app,
    calls: new Calls(),
    clock,
    delta: new Delta(clock, links, pageFaults, settings, wire),
    faults: new Faults(),
    grants,
    links,
    mails: new Mails(clock),
    notifications,
    pageFaults,
    settings,
    shapes: new EventShapes(wire),
    store,
    subscriptions,
    throttle: new Throttle(clock, settings),
    tokenFaults,
    tokens: new TokenExchange(app, clock, tokenFaults, grants, links, settings, store),
    wire,
    writing: new EventWriting((happening) => notifications.publish(happening)),
  };
}
