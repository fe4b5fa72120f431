import { Injectable } from '@nestjs/common';
import type {
  CalendarChange,
  CalendarChoice,
  CalendarProfile,
  CalendarProvider,
  ChangePage,
  ChannelRequest,
  EventChange,
  EventDeletion,
  EventDraft,
  EventFacts,
  KnownChannelAtProvider,
  OpenedChannel,
  ReadChanges,
} from '../calendars/index.js';
import {
  type CodeExchange,
  type OAuthProfile,
  type ProviderAccess,
  type ProviderAccount,
  ProviderError,
  type ProviderFailure,
  type TokenGrant,
} from '../integrations/index.js';
import { Clock } from '../platform/clock/clock.js';
import { PlatformConfig } from '../platform/config/platform.config.js';
import { OutlookClient, type Window } from './outlook.client.js';
import { OutlookConfig } from './outlook.config.js';
import { toAccountId, toMissingScopes } from './outlook.grant.js';
import {
  differencesOf,
  mergeGuests,
  seriesIdOf,
  toCalendarChoice,
  toChange,
  toFacts,
  toSeriesChanges,
  toWireContent,
  toWireDraft,
} from './outlook.mapper.js';
import { OUTLOOK } from './outlook.profile.js';
import type { EventWire } from './outlook.wire.js';

/** Outlook as a calendar provider. Every method reads like its promise in `CalendarProvider`. */
@Injectable()
export class OutlookProvider implements CalendarProvider {
  readonly id = OUTLOOK.id;
  readonly displayName = OUTLOOK.displayName;
  readonly oauth: OAuthProfile;
  readonly calendar: CalendarProfile;

  constructor(
    config: OutlookConfig,
    platform: PlatformConfig,
    private readonly client: OutlookClient,
    private readonly clock: Clock,
  ) {
    this.oauth = {
      authorizeUrl: `${config.loginUrl}/${config.tenant}/oauth2/v2.0/authorize`,
      authorizeParams: {
        client_id: config.clientId ?? '',
        response_mode: 'query',
        // Or whoever is signed in to one account could never connect another.
        prompt: 'select_account',
      },
      scopes: OUTLOOK.scopes,
      redirectUri: config.redirectUri ?? `${platform.frontendUrl}/calendar/callback/outlook`,
      missingVariables: config.missingVariables,
      servesOrganization: false,
      refreshAtLeastEveryDays: OUTLOOK.refreshAtLeastEveryDays,
    };
    this.calendar = {
      type: OUTLOOK.type,
      daysBack: OUTLOOK.daysBack,
      daysAhead: OUTLOOK.daysAhead,
      rebaseDays: OUTLOOK.rebaseDays,
      channels: { renewal: 'extend', renewAfterFraction: OUTLOOK.renewAfterFraction },
      scopes: OUTLOOK.calendarScopes,
      accessPage: config.tenant === 'consumers' ? OUTLOOK.accessPages.personal : OUTLOOK.accessPages.work,
    };
  }

  exchangeCode(input: CodeExchange): Promise<TokenGrant> {
    return this.client.exchangeCode(input);
  }

  refreshGrant(refreshToken: string): Promise<TokenGrant> {
    return this.client.refresh(refreshToken);
  }

  /** Microsoft has no such call. The one that signs a person out of everything, everywhere, is not ours to make. */
  async revokeGrant(): Promise<void> {}

  async readAccount(access: ProviderAccess, grant: TokenGrant): Promise<ProviderAccount> {
    const { mail, userPrincipalName, displayName } = await this.client.getMe(access);
    const accountId = toAccountId(grant);
    // Graph's own id of a personal account is another one, and a second name for one account would be a second account.
    if (accountId === null) throw new ProviderError({ kind: 'contract' });
    const addresses = [...new Set([mail, userPrincipalName].flatMap((address) => (address ? [address] : [])))];
    return {
      accountId,
      email: addresses[0] ?? '',
      name: displayName || null,
      options: { addresses, missing_scopes: toMissingScopes(grant.scope) },
    };
  }

  async listCalendars(access: ProviderAccess): Promise<CalendarChoice[]> {
    const choices = (await this.client.listCalendars(access)).map(toCalendarChoice);
    return choices.toSorted((one, other) => Number(other.isPrimary) - Number(one.isPrimary));
  }

  async readChanges(access: ProviderAccess, request: ReadChanges): Promise<ChangePage> {
    const link = request.pageToken ?? request.cursor;
    const { page, calls } =
      link === null
        ? await this.client.beginRound(access, request.calendarId, request.window)
        : await this.client.followRound(access, link);
    const own = addressesOf(access);
    const seriesIds = new Set(page.value.map(seriesIdOf).filter((id) => id !== null));
    // A meeting called off as a whole says so of its master; its occurrences need no asking.
    const single = page.value.filter((item) => seriesIdOf(item) === null || isCalledOff(item));
    for (const item of page.value.filter(isCalledOff)) seriesIds.delete(item.id);
    const series = await this.readAll(access, [...seriesIds], request.window);
    return {
      changes: [...single.map((item) => toChange(item, own)), ...series.changes],
      nextPageToken: page['@odata.nextLink'] ?? null,
      nextCursor: page['@odata.deltaLink'] ?? null,
      calls: calls + series.calls,
    };
  }

  async findEvent(access: ProviderAccess, calendarId: string, externalId: string): Promise<EventFacts | null> {
    try {
      const event = await this.client.getEvent(access, calendarId, externalId);
      return event.isCancelled ? null : placed(event, access);
    } catch (error) {
      if (isA('gone', error)) return null;
      throw error;
    }
  }

  async createEvent(access: ProviderAccess, calendarId: string, draft: EventDraft): Promise<EventFacts> {
    const body = toWireDraft(draft);
    const made = await this.client.createEvent(access, calendarId, body);
    if (!('duplicateOf' in made)) {
      const facts = { ...placed(made, access), copyId: draft.copyId };
      // A repetition may be answered with the event as it was made the first time.
      return isAsDrafted(facts, draft) ? facts : await this.rewrite(access, made.id, draft);
    }
    const existing = await this.findExisting(access, calendarId, draft, made.duplicateOf);
    if (existing !== null) return await this.rewrite(access, existing, draft);
    // Made once, and deleted since. The transaction id is spent; from now on the marker alone tells a repetition.
    const { transactionId: _, ...again } = body;
    const remade = await this.client.createEvent(access, calendarId, again);
    if ('duplicateOf' in remade) throw new ProviderError({ kind: 'unexpected' });
    return { ...placed(remade, access), copyId: draft.copyId };
  }

  async changeEvent(access: ProviderAccess, calendarId: string, change: EventChange): Promise<EventFacts> {
    const before = await this.client.getEvent(access, calendarId, change.externalId);
    if (before.isCancelled) throw new ProviderError({ kind: 'gone' });
    const patch = toWireContent(change.content);
    // Graph tells guests by itself, so that without leave to tell them nobody is put on the list or taken off it.
    const guests = change.notify ? change.guests : undefined;
    if (guests === undefined) return await this.patch(access, before, patch, change.etag);
    const { attendees, '@odata.etag': etag = null } = before;
    if (change.etag !== null && change.etag !== etag) throw new ProviderError({ kind: 'changed' });
    // The list that goes back is the one just read; on top of any newer one it would undo somebody's answer.
    return await this.patch(access, before, { ...patch, attendees: mergeGuests(attendees ?? [], guests) }, etag);
  }

  async deleteEvent(access: ProviderAccess, calendarId: string, { externalId }: EventDeletion): Promise<void> {
    await unlessGone(this.client.deleteEvent(access, calendarId, externalId));
  }

  async openChannel(access: ProviderAccess, request: ChannelRequest): Promise<OpenedChannel> {
    const subscription = {
      changeType: OUTLOOK.channelChanges,
      resource: `me/calendars/${resourceSegment(request.calendarId)}/events`,
      notificationUrl: request.url,
      lifecycleNotificationUrl: `${request.url}/lifecycle`,
      expirationDateTime: this.channelEnd(),
      clientState: request.secret,
      latestSupportedTlsVersion: 'v1_2',
    };
    try {
      return toChannel(await this.client.createSubscription(access, subscription));
    } catch (error) {
      if (!isA('changed', error)) throw error;
      // 409: one of ours, left over from a connection that has ended, still tells us of the same calendar.
      await this.closeLeftovers(access, subscription, request);
      return await this.openAgain(access, subscription);
    }
  }

  async extendChannel(access: ProviderAccess, { externalId }: KnownChannelAtProvider): Promise<OpenedChannel> {
    return toChannel(await this.client.renewSubscription(access, externalId, this.channelEnd()));
  }

  async closeChannel(access: ProviderAccess, { externalId }: KnownChannelAtProvider): Promise<void> {
    await unlessGone(this.client.deleteSubscription(access, externalId));
  }

  private async openAgain(access: ProviderAccess, subscription: object): Promise<OpenedChannel> {
    try {
      return toChannel(await this.client.createSubscription(access, subscription));
    } catch (error) {
      // It is somebody else's: of this server, or of another that goes by our registration.
      throw isA('changed', error) ? new ProviderError({ kind: 'forbidden', reason: 'channel-taken' }) : error;
    }
  }

  /** As many series at once as a mailbox allows, and none after one has failed. */
  private async readAll(access: ProviderAccess, seriesIds: readonly string[], window: Window) {
    const changes: CalendarChange[] = [];
    let calls = 0;
    for (let next = 0; next < seriesIds.length; next += OUTLOOK.concurrency) {
      const some = seriesIds.slice(next, next + OUTLOOK.concurrency);
      for (const series of await Promise.all(some.map((id) => this.readSeries(access, id, window)))) {
        changes.push(...series.changes);
        calls += series.calls;
      }
    }
    return { changes, calls };
  }

  /** A round shows little of an occurrence, and nothing of one that was deleted: the series itself is asked. */
  private async readSeries(access: ProviderAccess, seriesId: string, window: Window) {
    try {
      const { items, calls } = await this.client.listInstances(access, seriesId, window);
      return { changes: toSeriesChanges(seriesId, items, addressesOf(access)), calls };
    } catch (error) {
      if (isA('gone', error)) return { changes: [toCertainRemoval(seriesId)], calls: 1 };
      if (!isA('unexpected', error)) throw error;
      return { changes: await this.readFormerSeries(access, seriesId, error), calls: 2 };
    }
  }

  /** Refused, because what was a series when the round was written has become a single event under the same id. */
  private async readFormerSeries(access: ProviderAccess, id: string, refusal: unknown): Promise<CalendarChange[]> {
    const event = await this.client.getEvent(access, null, id);
    if (event.type !== 'singleInstance') throw refusal;
    return [{ kind: 'series', seriesId: id, occurrences: [] }, toChange(event, addressesOf(access))];
  }

  /** The event that was made for this draft before, by the id that Graph told or else by its marker. */
  private async findExisting(
    access: ProviderAccess,
    calendarId: string,
    draft: EventDraft,
    told: string | null,
  ): Promise<string | null> {
    if (told !== null) {
      try {
        const { id, isCancelled } = await this.client.getEvent(access, null, told);
        if (!isCancelled) return id;
      } catch (error) {
        if (!isA('gone', error)) throw error;
      }
    }
    return await this.client.findMarked(access, calendarId, draft.copyId);
  }

  /** Brings an event that is there to what the draft says. Where it says so already nobody is told a second time. */
  private async rewrite(access: ProviderAccess, eventId: string, draft: EventDraft): Promise<EventFacts> {
    const existing = await this.client.getEvent(access, null, eventId);
    const facts = placed(existing, access);
    if (facts.copyId !== draft.copyId && facts.eventKey !== draft.key) throw new ProviderError({ kind: 'unexpected' });
    const isListed = ({ email }: { email: string }) =>
      facts.attendees.some((attendee) => attendee.email.toLowerCase() === email.toLowerCase());
    const add = draft.notify ? draft.guests.filter((guest) => !isListed(guest)) : [];
    const patch = {
      ...toWireContent(differencesOf(facts, draft.content)),
      ...(add.length > 0 && { attendees: mergeGuests(existing.attendees ?? [], { add, remove: [] }) }),
    };
    return Object.keys(patch).length === 0 ? facts : await this.patch(access, existing, patch, facts.etag);
  }

  /**
   * The answer is the event as this write left it; asking again might show what somebody else wrote after it. It does
   * not show the marker, which the event had before and still has.
   */
  private async patch(
    access: ProviderAccess,
    before: EventWire,
    patch: object,
    etag: string | null,
  ): Promise<EventFacts> {
    const after = await this.client.patchEvent(access, null, before.id, patch, etag);
    return placed({ ...after, singleValueExtendedProperties: before.singleValueExtendedProperties }, access);
  }

  private async closeLeftovers(
    access: ProviderAccess,
    { resource }: { resource: string },
    { url, mayReplace }: ChannelRequest,
  ): Promise<void> {
    for (const { id, notificationUrl, resource: pushed } of await this.client.listSubscriptions(access)) {
      const isInTheWay = notificationUrl === url && isSameResource(pushed, resource);
      if (isInTheWay && (await mayReplace(id))) await unlessGone(this.client.deleteSubscription(access, id));
    }
  }

  private channelEnd(): string {
    return new Date(this.clock.now().getTime() + OUTLOOK.channelMinutes * 60_000).toISOString();
  }
}

function toChannel({ id, expirationDateTime }: { id: string; expirationDateTime: Date }): OpenedChannel {
  return { externalId: id, resourceId: null, expiresAt: expirationDateTime };
}

/** Our own events, and those that a reading has placed, have times that can be read. */
function placed(event: EventWire, access: ProviderAccess): EventFacts {
  const facts = toFacts(event, addressesOf(access));
  if (typeof facts === 'string') throw new ProviderError({ kind: 'contract' });
  return facts;
}

/** By all but its text, which comes back in a form of its own. */
function isAsDrafted(facts: EventFacts, { content }: EventDraft): boolean {
  const { description: _, ...differences } = differencesOf(facts, content);
  return Object.keys(differences).length === 0;
}

function toCertainRemoval(externalId: string): CalendarChange {
  return { kind: 'removed', externalId, isCertain: true };
}

function isCalledOff(item: Pick<EventWire, 'type' | 'isCancelled'>): boolean {
  return item.type === 'seriesMaster' && item.isCancelled === true;
}

function addressesOf({ options }: ProviderAccess): string[] {
  const { addresses } = options;
  return Array.isArray(addresses) ? addresses.map((address) => String(address).toLowerCase()) : [];
}

/** The resource is no address: only what would end a segment is encoded. */
function resourceSegment(id: string): string {
  return id.replaceAll(/[/+%?#]/g, encodeURIComponent);
}

/** Graph may give it back with a slash in front. */
function isSameResource(one: string | null | undefined, other: string): boolean {
  return one?.replace(/^\//, '').toLowerCase() === other.toLowerCase();
}

function isA(kind: ProviderFailure['kind'], error: unknown): boolean {
  return error instanceof ProviderError && error.failure.kind === kind;
}

async function unlessGone(call: Promise<void>): Promise<void> {
  try {
    await call;
  } catch (error) {
    if (!isA('gone', error)) throw error;
  }
}
