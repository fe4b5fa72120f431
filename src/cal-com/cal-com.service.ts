import { Injectable } from '@nestjs/common';
import type { Session } from '../accounts/index.js';
import { ChannelKeeper } from '../deliveries/index.js';
import {
  type ConnectCallback,
  type Connector,
  explainStatus,
  type Integration,
  integrationNotFound,
  Integrations,
  isPushed,
  type ProviderAccess,
  ProviderError,
  type ProviderFailure,
  stateInvalid,
  TokenVault,
  toProviderProblem,
} from '../integrations/index.js';
import { PlatformConfig } from '../platform/config/platform.config.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { type Locale, Problem } from '../platform/errors/problem.js';
import { EventLog } from '../platform/logging/event-log.js';
import { Sync, type SyncRun } from '../sync/index.js';
import { CalComConfig } from './cal-com.config.js';
import { CalComConnections } from './cal-com.connections.js';
import { modeOf } from './cal-com.grants.js';
import { MODE_LIMITS } from './cal-com.modes.js';
import {
  accessTokenUnknown,
  calComNotConnected,
  calComNotInThisMode,
  calendarCredentialDead,
  calendarNotLinked,
} from './cal-com.problems.js';
import { CAL_COM, CALENDAR_TYPES, type CalendarType } from './cal-com.profile.js';
import { CalComProvider } from './cal-com.provider.js';
import {
  type BusyQuestion,
  type BusyTime,
  CalendarLinks,
  type Destination,
  type LinkedCalendar,
  type LinkedCalendars,
  type LinkState,
} from './calendar-links.js';
import { CalendarReturns } from './calendar-returns.js';
import { type CalComStatusDto, toCalendarDto } from './dto/cal-com-status.dto.js';
import { HandedTokens } from './handed-tokens.js';

/** Which consent page leads on to which calendar, as a word behind the state that begins it. */
const NEXT = '.';

const RETURN_PATHS: Record<CalendarType, string> = {
  google: '/api/cal/gcal-oauth-redirect',
  office365: '/api/cal/office-oauth-redirect',
};

const CALENDAR_NAMES: Record<CalendarType, string> = { google: 'Google Calendar', office365: 'Office 365' };

const NOTHING_LINKED: LinkedCalendars = { linked: [], destination: null };

/** With these, a connection has nothing to show any more. */
const ENDED: ReadonlySet<ProviderFailure['kind']> = new Set([
  'reauthorize',
  'unauthorized',
  'withdrawn',
  'misconfigured',
]);

type ConnectionRef = { id: string } & ({ organization_id: string } | { organizationId: string });

/** The calendars that a person links at Cal.com, and the connection through which they do. */
@Injectable()
export class CalCom {
  constructor(
    private readonly work: UnitOfWork,
    private readonly config: CalComConfig,
    private readonly platform: PlatformConfig,
    private readonly provider: CalComProvider,
    private readonly connections: CalComConnections,
    private readonly integrations: Integrations,
    private readonly vault: TokenVault,
    private readonly links: CalendarLinks,
    private readonly returns: CalendarReturns,
    private readonly handed: HandedTokens,
    private readonly keeper: ChannelKeeper,
    private readonly sync: Sync,
    private readonly log: EventLog,
  ) {}

  get successUrl(): string {
    return this.config.successUrl ?? `${this.platform.frontendUrl}/dashboard/settings?tab=integrations&success=true`;
  }

  get errorUrl(): string {
    return this.config.errorUrl ?? `${this.platform.frontendUrl}/dashboard/settings?tab=integrations&error=true`;
  }

  /** Connects, or says where the person has to go for it. */
  async connect(session: Session, apiKey?: string): Promise<{ authUrl: string | null }> {
    switch (this.config.mode) {
      case 'oauth':
        return { authUrl: (await this.connections.beginConsent(session)).authUrl };
      case 'apikey':
        await this.connections.connectKey(session, apiKey);
        return { authUrl: null };
      case 'platform':
        await this.connections.ensureManaged(session);
        return { authUrl: null };
    }
  }

  /** Where a person goes to link a calendar; first to Cal.com itself where that is not connected yet. */
  async calendarUrl(session: Session, type: CalendarType): Promise<string> {
    switch (this.config.mode) {
      case 'platform':
        return await this.consentUrl(session, await this.connections.ensureManaged(session), type);
      case 'oauth': {
        const found = await this.find(session);
        if (this.connections.isUsable(found)) return await this.consentUrl(session, found.id, type);
        const { authUrl, state } = await this.connections.beginConsent(session);
        const url = new URL(authUrl);
        url.searchParams.set('state', `${state}${NEXT}${type}`);
        return url.href;
      }
      case 'apikey':
        if ((await this.find(session)) === null) throw new Problem(calComNotConnected);
        // The address of the consent page would carry the key. Who has it links calendars where it was made.
        return `${this.config.appUrl}/apps/${type === 'google' ? 'google-calendar' : 'office365-calendar'}`;
    }
  }

  /** A browser comes back from Cal.com's consent page. Answers where it goes on to. */
  async returnFromConsent({ state, ...callback }: ConnectCallback): Promise<string> {
    try {
      const [ours, next] = splitState(state);
      const { connector, integrationId } = await this.connections.completeReturn({ ...callback, state: ours });
      return next === null ? this.successUrl : await this.consentUrl(connector, integrationId, next);
    } catch (error) {
      return this.failedReturn('consent', error);
    }
  }

  /**
   * A browser comes back from the page of a calendar, by way of Cal.com, which says nothing of how it went: a refusal
   * looks like a success until Cal.com is asked.
   */
  async returnFromCalendar(type: CalendarType, state: string | undefined): Promise<string> {
    try {
      const returned =
        state === undefined ? null : await this.work.acrossOrganizations((tx) => this.returns.spend(tx, state, type));
      if (returned === null) throw new Problem(stateInvalid);
      const link = await this.vault.withAccess(returned, returned.integrationId, (access) =>
        this.links.check(access, type),
      );
      this.log.event('cal_com.calendar_returned', { integration_id: returned.integrationId, type, link });
      return link === 'linked' ? this.successUrl : this.errorUrl;
    } catch (error) {
      return this.failedReturn(type, error);
    }
  }

  /**
   * The same for a front end that passes on what its own page was given: our state, Cal.com's consent, or the code of the
   * calendar's consent page with the state that Cal.com made for it.
   */
  async saveCredentials(
    session: Session,
    type: CalendarType,
    { code, state }: { code?: string; state?: string },
  ): Promise<void> {
    if (state !== undefined && isCalComState(state)) {
      await this.completeFor(session, type, code, state);
    } else if (state !== undefined && !(await this.isReturnOf(session, state, type))) {
      if (code === undefined || this.config.mode !== 'oauth') throw new Problem(stateInvalid);
      const [ours] = splitState(state);
      await this.connections.complete(session, { code, state: ours });
    }
    await this.requireLinked(await this.getConnection(session), type);
  }

  /** Brings back what can be brought back without the person, and says what cannot. */
  async repair(session: Session, type: CalendarType): Promise<void> {
    const found = await this.find(session);
    const isLost = found !== null && found.status === 'needs_reauth';
    // A managed user's access is the client's to renew; anybody else has to consent again.
    if (this.config.mode === 'platform' && (isLost || found === null)) await this.connections.ensureManaged(session);
    const integration = await this.getConnection(session);
    await this.requireLinked(integration, type);
    await this.work.inOrganization(session, async (tx) => {
      await this.keeper.request(tx, integration.id);
      await this.sync.request(tx, integration, 'manual');
    });
  }

  async status(session: Session, locale: Locale): Promise<CalComStatusDto> {
    const integration = await this.find(session);
    const { linked, destination } = await this.listLinked(integration);
    // Reading may have found out something about the connection.
    return this.describe((await this.find(session)) ?? integration, linked, destination, locale);
  }

  async busyTimes(session: Session, question: BusyQuestion): Promise<BusyTime[]> {
    return await this.use(await this.getConnection(session), (access) => this.links.listBusyTimes(access, question));
  }

  async setDestination(session: Session, destination: Destination): Promise<void> {
    const integration = await this.getConnection(session);
    await this.use(integration, async (access) => {
      const { linked } = await this.links.list(access);
      if (!linked.some((one) => holds(one, destination))) throw new Problem(calendarNotLinked);
      await this.links.setDestination(access, destination);
    });
  }

  async synchronize(session: Session): Promise<SyncRun> {
    return await this.work.inOrganization(session, async (tx) => {
      const integration = await this.connections.find(tx, session);
      if (integration === null) throw new Problem(integrationNotFound);
      await this.keeper.request(tx, integration.id);
      return await this.sync.request(tx, integration, 'manual');
    });
  }

  /** The person's own, and the organization's by who may administer it; without any there is nothing to do. */
  async disconnect(session: Session): Promise<void> {
    const live = await this.work.inOrganization(session, (tx) => this.integrations.listLive(tx, CAL_COM.id));
    const mayEnd = ({ user_id }: Integration) =>
      user_id === session.userId || (user_id === null && session.role !== 'member');
    for (const { id } of live.filter(mayEnd)) await this.integrations.disconnect(session, id);
  }

  /** What Cal.com's front-end parts need to begin. */
  async atoms(
    session: Session,
  ): Promise<{ clientId: string; apiUrl: string; refreshUrl: string; accessToken: string }> {
    const limit = MODE_LIMITS[this.config.mode].find(({ feature }) => feature === 'atoms');
    if (limit) throw new Problem(calComNotInThisMode, { detail: limit.reason });
    const integrationId = await this.connections.ensureManaged(session);
    const accessToken = await this.use({ id: integrationId, organizationId: session.organizationId }, (access) =>
      this.hand(access),
    );
    const { clientId = '', apiUrl } = this.config;
    return { clientId, apiUrl, refreshUrl: `${this.platform.publicUrl}/api/cal/refresh`, accessToken };
  }

  /**
   * A browser shows the access token it has, which is refused by now, and gets the one that is good. Asked with a token
   * that was replaced already, it gets the successor; only the newest one is a reason to renew.
   */
  async refreshHanded(shown: string): Promise<string> {
    const owner = await this.work.acrossOrganizations((tx) => this.handed.findOwner(tx, shown));
    if (owner === null) throw new Problem(accessTokenUnknown);
    return await this.use({ id: owner.integrationId, organizationId: owner.organizationId }, async (access) => {
      if (access.accessToken === shown) throw new ProviderError({ kind: 'unauthorized' });
      return await this.hand(access);
    });
  }

  private async consentUrl(connector: Connector, integrationId: string, type: CalendarType): Promise<string> {
    const state = await this.work.inOrganization(connector, (tx) =>
      this.returns.open(tx, connector, integrationId, type),
    );
    const returnTo = `${this.platform.publicUrl}${RETURN_PATHS[type]}?state=${state}`;
    return await this.use({ id: integrationId, organizationId: connector.organizationId }, async (access) => {
      // The address that Cal.com answers carries the token to the browser.
      await this.hand(access);
      return await this.links.consentUrl(access, type, returnTo);
    });
  }

  private async hand({ organizationId, integrationId, accessToken }: ProviderAccess): Promise<string> {
    await this.work.inOrganization({ organizationId }, (tx) => this.handed.remember(tx, integrationId, accessToken));
    return accessToken;
  }

  private failedReturn(from: string, error: unknown): string {
    // Whatever went wrong, the person should see a page; the cause is for the log. Anybody may come with a made-up state.
    if (error instanceof Problem) this.log.warning('cal_com.return_refused', { from, code: error.definition.code });
    else this.log.failure('cal_com.return_failed', error, { from });
    return this.errorUrl;
  }

  private async isReturnOf(session: Session, state: string, type: CalendarType): Promise<boolean> {
    return (await this.work.inOrganization(session, (tx) => this.returns.findOf(tx, session, state, type))) !== null;
  }

  /** A state of Cal.com's counts for whoever's token it carries. */
  private async completeFor(
    session: Session,
    type: CalendarType,
    code: string | undefined,
    state: string,
  ): Promise<void> {
    const integration = await this.getConnection(session);
    const token = tokenIn(state);
    const owner = token && (await this.work.acrossOrganizations((tx) => this.handed.findOwner(tx, token)));
    if (!owner || owner.integrationId !== integration.id) throw new Problem(stateInvalid);
    if (code === undefined) return;
    await this.use(integration, (access) => this.links.complete(access, type, { code, state }));
  }

  private async requireLinked(integration: Integration, type: CalendarType): Promise<void> {
    const link = await this.use(integration, (access) => this.links.check(access, type));
    if (link !== 'linked') throw toLinkProblem(link, type);
  }

  private async listLinked(integration: Integration | null): Promise<LinkedCalendars> {
    if (integration === null || integration.status === 'needs_reauth') return NOTHING_LINKED;
    try {
      return await this.vault.withAccess(scopeOf(integration), integration.id, (access) => this.links.list(access));
    } catch (error) {
      // What has ended is said by the status; what only fails now is said as such.
      if (error instanceof ProviderError && ENDED.has(error.failure.kind)) return NOTHING_LINKED;
      throw toProblem(error);
    }
  }

  private find(session: Session): Promise<Integration | null> {
    return this.work.inOrganization(session, (tx) => this.connections.find(tx, session));
  }

  private async getConnection(session: Session): Promise<Integration> {
    const found = await this.find(session);
    if (found === null) throw new Problem(calComNotConnected);
    return found;
  }

  private async use<T>(integration: ConnectionRef, work: (access: ProviderAccess) => Promise<T>): Promise<T> {
    try {
      return await this.vault.withAccess(scopeOf(integration), integration.id, work);
    } catch (error) {
      throw toProblem(error);
    }
  }

  private describe(
    integration: Integration | null,
    linked: readonly LinkedCalendar[],
    destination: Destination | null,
    locale: Locale,
  ): CalComStatusDto {
    const { missingVariables } = this.provider.oauth;
    const missing = integration === null && missingVariables.length > 0 ? missingVariables.join(', ') : null;
    const reason = explainStatus(integration?.status_reason ?? null, CAL_COM.displayName)?.[locale] ?? null;
    const variables = locale === 'fr' ? `Variables manquantes : ${missing}` : `Missing variables: ${missing}`;
    return {
      hasConnectedCalendars: linked.some(({ isDead }) => !isDead),
      calendars: linked.map((one) => toCalendarDto(one, destination, locale)),
      mode: this.config.mode,
      mode_limits: MODE_LIMITS[this.config.mode].map(({ feature, reason: why }) => ({ feature, reason: why[locale] })),
      connected: integration?.status === 'connected' || integration?.status === 'error',
      connection_mode: integration ? modeOf(integration.options) : null,
      status: missing === null ? (integration?.status ?? 'disconnected') : 'not_configured',
      status_reason: missing === null ? reason : variables,
      email: integration?.account_email ?? null,
      last_synced_at: integration?.last_synced_at?.toISOString() ?? null,
      webhook_active: isPushed(integration),
      delivery_mode: isPushed(integration) ? 'webhook' : 'polling',
    };
  }
}

/** Our own state, and which calendar it leads on to. */
function splitState(state: string | undefined): [ours: string | undefined, next: CalendarType | null] {
  const cut = state?.lastIndexOf(NEXT) ?? -1;
  const next = CALENDAR_TYPES.find((type) => type === state?.slice(cut + 1));
  return cut >= 0 && next ? [state?.slice(0, cut), next] : [state, null];
}

/** Ours are opaque; Cal.com's are JSON, or the query string of older days. */
function isCalComState(state: string): boolean {
  return state.startsWith('{') || state.includes('accessToken=');
}

function tokenIn(state: string): string | null {
  try {
    const token: unknown = state.startsWith('{')
      ? (JSON.parse(state) as Record<string, unknown>)['accessToken']
      : new URLSearchParams(state).get('accessToken');
    return typeof token === 'string' && token !== '' ? token : null;
  } catch {
    return null;
  }
}

function holds({ isDead, integration, calendars }: LinkedCalendar, wanted: Destination): boolean {
  const isThere = calendars.some(({ externalId, isReadOnly }) => externalId === wanted.externalId && !isReadOnly);
  return !isDead && integration === wanted.integration && isThere;
}

function scopeOf(ref: ConnectionRef): { organizationId: string } {
  return { organizationId: 'organizationId' in ref ? ref.organizationId : ref.organization_id };
}

function toProblem(error: unknown): unknown {
  return error instanceof ProviderError ? toProviderProblem(CAL_COM, error.failure, 'connected', error) : error;
}

function toLinkProblem(link: Exclude<LinkState, 'linked'>, type: CalendarType): Problem {
  const name = CALENDAR_NAMES[type];
  if (link === 'missing') {
    return new Problem(calendarNotLinked, {
      detail: {
        fr: `Aucun agenda ${name} n’est relié : le consentement n’a pas été donné, ou pas jusqu’au bout. Recommencez.`,
        en: `No ${name} calendar is linked: consent was not given, or not to its end. Start again.`,
      },
    });
  }
  return new Problem(calendarCredentialDead, {
    detail: {
      fr: `${name} n’accepte plus l’accès que Cal.com avait. Reliez cet agenda à nouveau.`,
      en: `${name} no longer accepts the access that Cal.com had. Link this calendar again.`,
    },
  });
}
