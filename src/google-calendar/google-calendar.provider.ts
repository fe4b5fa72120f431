import { Injectable } from '@nestjs/common';
import type {
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
  type TokenGrant,
} from '../integrations/index.js';
import { PlatformConfig } from '../platform/config/platform.config.js';
import { GoogleCalendarClient } from './google-calendar.client.js';
import { GoogleCalendarConfig } from './google-calendar.config.js';
import {
  isAsDrafted,
  markerOf,
  mergeGuests,
  toCalendarChange,
  toCalendarChoice,
  toEventFacts,
  toEventId,
  toNewEvent,
  toPatch,
  toRewrittenEvent,
} from './google-calendar.mapper.js';
import { GOOGLE_CALENDAR } from './google-calendar.profile.js';
import { missingScopes, REQUESTED_SCOPES } from './google-calendar.scopes.js';
import type { EventWire } from './google-calendar.wire.js';

/** Google as a calendar provider. Every method reads like its promise in `CalendarProvider`. */
@Injectable()
export class GoogleCalendarProvider implements CalendarProvider {
  readonly id = GOOGLE_CALENDAR.id;
  readonly displayName = GOOGLE_CALENDAR.displayName;
  readonly oauth: OAuthProfile;
  readonly calendar: CalendarProfile = {
    type: GOOGLE_CALENDAR.type,
    daysBack: GOOGLE_CALENDAR.daysBack,
    daysAhead: GOOGLE_CALENDAR.daysAhead,
    rebaseDays: GOOGLE_CALENDAR.rebaseDays,
    channels: { renewal: 'replace', renewAfterFraction: GOOGLE_CALENDAR.renewAfterFraction },
    // One scope reads and writes: who does not grant it grants neither. A reading begins with the list.
    scopes: { read: GOOGLE_CALENDAR.scopes.calendar, write: ['calendar.events'] },
    accessPage: GOOGLE_CALENDAR.accessPage,
  };

  constructor(
    config: GoogleCalendarConfig,
    platform: PlatformConfig,
    private readonly client: GoogleCalendarClient,
  ) {
    this.oauth = {
      authorizeUrl: config.authUrl,
      authorizeParams: {
        client_id: config.clientId ?? '',
        // A refresh token is given with `offline`, and a second time only after `consent`.
        access_type: 'offline',
        prompt: 'consent',
        include_granted_scopes: 'true',
      },
      scopes: REQUESTED_SCOPES,
      redirectUri: config.redirectUri ?? `${platform.frontendUrl}/calendar/callback/google`,
      missingVariables: config.missingVariables,
      servesOrganization: false,
      revokesWholeAccount: true,
      refreshAtLeastEveryDays: GOOGLE_CALENDAR.refreshAtLeastEveryDays,
      testingGrantDays: GOOGLE_CALENDAR.testingGrantDays,
    };
  }

  exchangeCode(input: CodeExchange): Promise<TokenGrant> {
    return this.client.exchangeCode(input);
  }

  refreshGrant(refreshToken: string): Promise<TokenGrant> {
    return this.client.refresh(refreshToken);
  }

  revokeGrant(token: string): Promise<void> {
    return this.client.revoke(token);
  }

  async readAccount({ accessToken }: ProviderAccess, { scope }: TokenGrant): Promise<ProviderAccount> {
    const missing = missingScopes(scope);
    const nameless = missing.filter((name) => (GOOGLE_CALENDAR.scopes.identity as readonly string[]).includes(name));
    // Without these nobody says whose account it is.
    if (nameless.length > 0) throw new ProviderError({ kind: 'insufficient-scope', missing: nameless });
    const { id, sub, email, name } = await this.client.getUserinfo(accessToken);
    return { accountId: sub ?? id ?? '', email, name: name || null, options: { missing_scopes: missing } };
  }

  async listCalendars(access: ProviderAccess): Promise<CalendarChoice[]> {
    const choices: CalendarChoice[] = [];
    const asked = new Set<string>();
    let pageToken: string | null = null;
    do {
      const page: Awaited<ReturnType<GoogleCalendarClient['listCalendars']>> = await this.client.listCalendars(
        access,
        pageToken,
      );
      choices.push(...page.items.filter(({ deleted }) => !deleted).map(toCalendarChoice));
      pageToken = page.nextPageToken ?? null;
      // A token for the second time would go on for ever.
      if (pageToken !== null && asked.has(pageToken)) throw new ProviderError({ kind: 'contract' });
      if (pageToken !== null) asked.add(pageToken);
    } while (pageToken !== null);
    return choices.toSorted((one, other) => Number(other.isPrimary) - Number(one.isPrimary));
  }

  async readChanges(access: ProviderAccess, request: ReadChanges): Promise<ChangePage> {
    const { page, calls } = await this.client.listEvents(access, request);
    const nextPageToken = page.nextPageToken ?? null;
    const nextCursor = nextPageToken === null ? (page.nextSyncToken ?? null) : null;
    // The page that was asked for cannot be its own successor, and an end without a cursor is none.
    if (nextPageToken === null ? nextCursor === null : nextPageToken === request.pageToken) {
      throw new ProviderError({ kind: 'contract' });
    }
    const changes = page.items.map((event) => toCalendarChange(event, request.window));
    return { changes, nextPageToken, nextCursor, calls };
  }

  async findEvent(access: ProviderAccess, calendarId: string, externalId: string): Promise<EventFacts | null> {
    try {
      return toFacts(await this.client.getEvent(access, calendarId, externalId));
    } catch (error) {
      if (isGone(error)) return null;
      throw error;
    }
  }

  async createEvent(access: ProviderAccess, calendarId: string, draft: EventDraft): Promise<EventFacts> {
    const made = await this.client.insertEvent(access, calendarId, toNewEvent(draft), draft);
    return toFacts(made ?? (await this.rewrite(access, calendarId, draft)));
  }

  async changeEvent(access: ProviderAccess, calendarId: string, change: EventChange): Promise<EventFacts> {
    const { externalId, content, guests, notify } = change;
    const patch = toPatch(content);
    if (guests === undefined && Object.keys(patch).length > 0) {
      return toFacts(await this.client.patchEvent(access, calendarId, externalId, patch, change));
    }
    const event = await this.client.getEvent(access, calendarId, externalId);
    if (event.status === 'cancelled') throw new ProviderError({ kind: 'gone' });
    if (change.etag !== null && change.etag !== event.etag) throw new ProviderError({ kind: 'changed' });
    if (guests !== undefined) demandAllGuests(event);
    const attendees = guests === undefined ? null : mergeGuests(event.attendees ?? [], guests);
    if (attendees === null && Object.keys(patch).length === 0) return toFacts(event);
    const whole = { ...patch, ...(attendees !== null && { attendees }) };
    // The list that goes back is the one just read; on top of any newer one it would undo somebody's answer.
    const etag = event.etag ?? null;
    return toFacts(await this.client.patchEvent(access, calendarId, externalId, whole, { etag, notify }));
  }

  async deleteEvent(access: ProviderAccess, calendarId: string, deletion: EventDeletion): Promise<void> {
    try {
      await this.client.deleteEvent(access, calendarId, deletion.externalId, deletion);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  async openChannel(access: ProviderAccess, request: ChannelRequest): Promise<OpenedChannel> {
    const { id, resourceId, expiration } = await this.client.watchEvents(access, request);
    if (id !== request.id) throw new ProviderError({ kind: 'contract' });
    return { externalId: id, resourceId, expiresAt: expiration };
  }

  /** Google has no such call; the profile says `replace`. */
  extendChannel(): Promise<OpenedChannel> {
    return Promise.reject(new ProviderError({ kind: 'unexpected' }));
  }

  async closeChannel(access: ProviderAccess, channel: KnownChannelAtProvider): Promise<void> {
    // One that was never answered for cannot be named; it ends by itself within the week.
    if (channel.resourceId === null) return;
    try {
      await this.client.stopChannel(access, channel);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  /**
   * The id of the draft is taken: by itself, whose answer was lost or which was deleted since, or by something that is
   * not ours. Of a deleted event its properties may be gone; its id, made of our key, is proof enough.
   */
  private async rewrite(access: ProviderAccess, calendarId: string, draft: EventDraft): Promise<EventWire> {
    const existing = await this.client.getEvent(access, calendarId, toEventId(draft.key));
    const marker = markerOf(existing);
    const isOurs = marker === draft.copyId || (marker === null && existing.status === 'cancelled');
    if (!isOurs) throw new ProviderError({ kind: 'unexpected' });
    // Nothing to write, nobody to tell a second time.
    if (isAsDrafted(draft, existing)) return existing;
    if (draft.guests.length > 0) demandAllGuests(existing);
    const rewritten = toRewrittenEvent(draft, existing);
    const terms = { etag: existing.etag ?? null, notify: draft.notify };
    return await this.client.patchEvent(access, calendarId, existing.id, rewritten, terms);
  }
}

/** Google shows deleted events for a while, and accepts changes to them; they are gone all the same. */
function toFacts(event: EventWire): EventFacts {
  if (event.status === 'cancelled') throw new ProviderError({ kind: 'gone' });
  const facts = toEventFacts(event);
  if (facts === null) throw new ProviderError({ kind: 'contract' });
  return facts;
}

/** A list that is not shown whole is never sent back: whoever is missing in it would be uninvited. */
function demandAllGuests({ attendeesOmitted }: EventWire): void {
  if (attendeesOmitted) throw new ProviderError({ kind: 'forbidden', reason: 'guests-not-shown' });
}

function isGone(error: unknown): boolean {
  return error instanceof ProviderError && error.failure.kind === 'gone';
}
