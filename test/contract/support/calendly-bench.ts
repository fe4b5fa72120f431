import { randomBytes } from 'node:crypto';
import { startCalendlySandbox, type CalendlySandbox } from '../../../sandbox/calendly/start-calendly-sandbox.js';
import type { Scope } from '../../../sandbox/calendly/scopes.js';
import {
  ApiSession,
  authorizeUrl,
  freeEmail,
  newVerifier,
  obtainCode,
  paidEmail,
  usualRedirect,
} from '../../../sandbox/calendly/testing/api-session.js';
import { startWebhookReceiver } from '../../../sandbox/calendly/testing/webhook-receiver.js';
import { CalendlyClient } from '../../../src/calendly/calendly.client.js';
import { CalendlyConfig, calendlyConfig } from '../../../src/calendly/calendly.config.js';
import { CalendlyProvider } from '../../../src/calendly/calendly.provider.js';
import { CALENDLY } from '../../../src/calendly/calendly.profile.js';
import type { ProviderAccess } from '../../../src/integrations/index.js';
import { Clock } from '../../../src/platform/clock/clock.js';
import { loadConfig } from '../../../src/platform/config/load-config.js';
import { PlatformConfig, platformConfig } from '../../../src/platform/config/platform.config.js';
import { EgressClient, type EgressRequest } from '../../../src/platform/egress/egress.client.js';
import type { BookingBench, Trouble } from './booking-bench.js';
import { startCannedServer } from './canned-server.js';

const FROZEN_AT = new Date('2026-11-20T10:00:00.123Z');
const FIRST_HOUR = Date.parse('2026-12-01T08:00:00Z');
const PLACE = { type: 'google_conference', status: 'processing', join_url: null } as const;

/** The product's own client, whose patience a test of silence can shorten. */
class HurriedEgress extends EgressClient {
  patienceMs: number | undefined;

  override request(request: EgressRequest) {
    return super.request({ ...request, ...(this.patienceMs !== undefined && { timeoutMs: this.patienceMs }) });
  }
}

export interface CalendlyParts {
  provider: CalendlyProvider;
  egress: HurriedEgress;
  close(): void;
}

/** Calendly as the product makes it, in front of any server. */
export function makeCalendly(urls: { authUrl: string; apiUrl: string }, sandbox: CalendlySandbox): CalendlyParts {
  const config = loadConfig([platformConfig, calendlyConfig], {
    NODE_ENV: 'test',
    ENCRYPTION_KEY: randomBytes(32).toString('hex'),
    CALENDLY_CLIENT_ID: sandbox.clientId,
    CALENDLY_CLIENT_SECRET: sandbox.clientSecret,
    CALENDLY_WEBHOOK_SIGNING_KEY: sandbox.signingKey,
    CALENDLY_REDIRECT_URI: usualRedirect,
    CALENDLY_AUTH_URL: urls.authUrl,
    CALENDLY_API_URL: urls.apiUrl,
  });
  const platform = config.get(PlatformConfig) as PlatformConfig;
  const calendly = config.get(CalendlyConfig) as CalendlyConfig;
  const clock = new (class extends Clock {
    override now(): Date {
      return new Date(sandbox.control.now().now);
    }
  })();
  const egress = new HurriedEgress(platform);
  const client = new CalendlyClient(calendly, egress, clock);
  const provider = new CalendlyProvider(calendly, platform, client);
  return { provider, egress, close: () => egress.onModuleDestroy() };
}

/** What the product keeps of a connection, as far as calls need it. */
export async function connectCalendly(
  sandbox: CalendlySandbox,
  account = paidEmail,
  scopes: readonly Scope[] = CALENDLY.scopes,
): Promise<ProviderAccess> {
  const { tokens } = await ApiSession.connect(sandbox, account, [...scopes]);
  return toAccess(tokens.access_token, tokens.owner, tokens.organization);
}

function toAccess(accessToken: string, user_uri: string, organization_uri: string): ProviderAccess {
  const options = { user_uri, organization_uri };
  return { integrationId: 'i1', organizationId: 'o1', accessToken, tokenVersion: 1, options };
}

export async function startCalendly(): Promise<BookingBench> {
  const sandbox = await startCalendlySandbox({ frozenAt: FROZEN_AT });
  const receiver = await startWebhookReceiver();
  const cannedServer = await startCannedServer();
  const { control } = sandbox;
  control.changeSettings({
    token_requests_per_minute: 10_000,
    rate_limit_paid: 100_000,
    rate_limit_free: 100_000,
    location_push_seconds: null,
  });
  const live = makeCalendly(sandbox, sandbox);
  const odd = makeCalendly({ authUrl: cannedServer.url, apiUrl: cannedServer.url }, sandbox);
  const access = await connectCalendly(sandbox);
  const free = await connectCalendly(sandbox, freeEmail);
  const narrow = await connectCalendly(sandbox, paidEmail, ['users:read', 'scheduled_events:read']);

  let slots = 0;
  const nextSlot = () => new Date(FIRST_HOUR + 3_600_000 * slots++).toISOString();
  let urls = 0;
  /** Nothing happens in the same moment as something else. */
  const act = async <T>(work: () => T): Promise<T> => {
    await control.advance({ seconds: 1 });
    return work();
  };

  return {
    provider: live.provider,
    access,
    unpaid: free,
    narrow,
    stranger: free,
    refused: { ...access, accessToken: 'not-a-token' },
    window: { from: new Date('2026-01-01T00:00:00Z'), to: new Date('2028-01-01T00:00:00Z') },
    keys: [sandbox.signingKey],
    now: () => new Date(control.now().now),

    book: (people = 1) =>
      act(() => {
        const { invitees } = control.book({
          event_type: people > 1 ? 'atelier-collectif' : '30min',
          start_time: nextSlot(),
          location: PLACE,
          invitees: Array.from({ length: people }, (_, index) => ({
            name: `Zoé ${index}`,
            email: `zoe.${index}@example.test`,
            questions_and_answers: [{ question: 'Votre projet ?', answer: `n° ${index}` }],
          })),
        });
        return invitees.map(({ uri }) => live.provider.uris.inviteeIdOf(uri)!);
      }),
    fill: (bookings) =>
      act(() => void control.seed({ bookings, from: '2027-02-01T00:00:00Z', to: '2027-06-01T00:00:00Z' })),
    move: (id) =>
      act(() => {
        const { new: moved } = control.move({ invitee: inviteeOf(id), start_time: nextSlot() });
        return live.provider.uris.inviteeIdOf(moved.invitee.uri)!;
      }),
    cancel: (id) => act(() => void control.cancel({ invitee: inviteeOf(id) })),
    markAbsent: (id) => act(() => void control.markNoShow({ invitee: inviteeOf(id) })),
    unmarkAbsent: (id) => act(() => void control.unmarkNoShow({ invitee: inviteeOf(id) })),
    touchEvent: (id) => act(() => void control.pushLocation({ event: id.split('/')[0]! })),

    get pushUrl() {
      urls += 1;
      return `${receiver.url}/${urls}`;
    },
    received: async () => {
      await control.deliveriesSettled();
      return receiver.received.splice(0).map(({ signature, body }) => ({
        body: Buffer.from(body),
        headers: { 'content-type': 'application/json', 'calendly-webhook-signature': signature! },
      }));
    },
    repeatDeliveries: async () => {
      await control.deliveriesSettled();
      const delivered = control.deliveries().filter(({ subscription }) => isLive(sandbox, subscription));
      for (const { id } of delivered) await control.repeatDelivery({ delivery: id });
    },
    breakChannel: async (state) => {
      if (state === 'failing') {
        control.changeSettings({ retry_during_seconds: 120 });
        receiver.answerWith(500);
        await act(() => void control.book({ start_time: nextSlot() }));
        await control.deliveriesSettled();
      } else {
        await control.advance({ seconds: 300 });
        receiver.answerWith(200);
        control.changeSettings({ retry_during_seconds: 86_400 });
      }
    },

    consent: () => {
      const verifier = newVerifier();
      const scope = CALENDLY.scopes.join(' ');
      return {
        code: obtainCode(sandbox, authorizeUrl(sandbox, { scope }, verifier)),
        redirectUri: usualRedirect,
        verifier,
      };
    },
    trouble: (trouble) => {
      control.failNext(toFault(trouble));
      if (trouble.kind === 'silence') live.egress.patienceMs = 200;
    },
    calm: () => {
      control.clearFaults();
      live.egress.patienceMs = undefined;
    },
    calls: () => control.calls().length,

    canned: (answers) => {
      cannedServer.answer(answers);
      const { url, asked } = cannedServer;
      return { provider: odd.provider, access: toAccess('a', `${url}/users/U1`, `${url}/organizations/O1`), asked };
    },
    close: async () => {
      live.close();
      odd.close();
      await Promise.all([sandbox.close(), receiver.close(), cannedServer.close()]);
    },
  };
}

function toFault(trouble: Trouble): Parameters<CalendlySandbox['control']['failNext']>[0] {
  switch (trouble.kind) {
    case 'too-many-requests':
      return { status: 429, reset_seconds: trouble.seconds };
    case 'status':
      return { status: trouble.status };
    case 'silence':
      return { mode: 'hang' };
    case 'cut':
      // A reading whose kept connection breaks is asked once more.
      return { mode: 'reset', times: 2 };
  }
}

function isLive(sandbox: CalendlySandbox, subscription: string): boolean {
  return sandbox.control.subscriptions().some(({ uri }) => uri.endsWith(`/${subscription}`));
}

function inviteeOf(externalId: string): string {
  return externalId.split('/')[1]!;
}
