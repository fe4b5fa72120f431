import { Injectable } from '@nestjs/common';
import { type ProviderAccess, ProviderError } from '../integrations/index.js';
import { Clock } from '../platform/clock/clock.js';
import { CalComApi } from './cal-com.api.js';
import { messageOf, toApiError } from './cal-com.errors.js';
import type { CalendarType } from './cal-com.profile.js';
import { busyTimesWire, calendarsWire, type CalendarsWire, connectUrlWire, destinationWire } from './cal-com.wire.js';
import {
  type BusyQuestion,
  type BusyTime,
  CalendarLinks,
  type Destination,
  type LinkedCalendar,
  type LinkedCalendars,
  type LinkState,
} from './calendar-links.js';

/** Calendars linked at Cal.com, by its API. */
@Injectable()
export class CalComCalendarsClient extends CalendarLinks {
  constructor(
    private readonly api: CalComApi,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** Without `redir` the browser would end at Cal.com's own API, since a server sends no `Origin`. */
  override async consentUrl({ accessToken }: ProviderAccess, type: CalendarType, redir: string): Promise<string> {
    const request = { method: 'GET', path: `/calendars/${type}/connect`, query: { redir, isDryRun: false } } as const;
    return (await this.api.asUser(accessToken, request, connectUrlWire)).authUrl;
  }

  /** Its answer sends a browser home; here it only says that Cal.com has taken the code. */
  override async complete(
    _access: ProviderAccess,
    type: CalendarType,
    query: { code: string; state: string },
  ): Promise<void> {
    const path = `/calendars/${type}/save`;
    const response = await this.api.callPlain({ method: 'GET', path, query, answer: 'ignored' });
    if (response.status < 400) return;
    // A used code is a failure of Google's or Microsoft's inside Cal.com, which does not tell it from its own.
    throw response.status === 401 ? new ProviderError({ kind: 'unexpected' }) : toApiError(response, this.clock.now());
  }

  /** A 401 here is mostly about the calendar's consent, which no token of ours can mend. */
  override async check({ accessToken }: ProviderAccess, type: CalendarType): Promise<LinkState> {
    const response = await this.api.callAsUser(accessToken, { method: 'GET', path: `/calendars/${type}/check` });
    const message = messageOf(response.body);
    if (response.status === 200) return 'linked';
    if (response.status === 400) return /not found/i.test(message) ? 'missing' : 'dead';
    if (response.status === 401 && !isAboutOurToken(message)) return 'dead';
    throw toApiError(response, this.clock.now());
  }

  override async list({ accessToken }: ProviderAccess): Promise<LinkedCalendars> {
    const request = { method: 'GET', path: '/calendars' } as const;
    const { connectedCalendars, destinationCalendar } = await this.api.asUser(accessToken, request, calendarsWire);
    return {
      linked: connectedCalendars.map((connected) => toLinkedCalendar(connected, destinationCalendar)),
      destination: destinationCalendar
        ? { integration: destinationCalendar.integration, externalId: destinationCalendar.externalId }
        : null,
    };
  }

  override async listBusyTimes(access: ProviderAccess, { from, to, timeZone }: BusyQuestion): Promise<BusyTime[]> {
    const { linked } = await this.list(access);
    const wanted = linked.flatMap(({ credentialId, isDead, calendars }) =>
      isDead
        ? []
        : calendars.filter(({ isSelected }) => isSelected).map(({ externalId }) => ({ credentialId, externalId })),
    );
    if (wanted.length === 0) return [];
    const query = {
      timeZone,
      dateFrom: from,
      dateTo: to,
      ...Object.fromEntries(
        wanted.flatMap(({ credentialId, externalId }, index) => [
          [`calendarsToLoad[${index}][credentialId]`, credentialId],
          [`calendarsToLoad[${index}][externalId]`, externalId],
        ]),
      ),
    };
    const request = { method: 'GET', path: '/calendars/busy-times', query } as const;
    const busy = await this.api.asUser(access.accessToken, request, busyTimesWire);
    return busy.map(({ start, end, source }) => ({ startsAt: start, endsAt: end, source: source ?? null }));
  }

  override async setDestination({ accessToken }: ProviderAccess, json: Destination): Promise<void> {
    const request = { method: 'PUT', path: '/destination-calendars', body: { json } } as const;
    await this.api.asUser(accessToken, request, destinationWire);
  }
}

function toLinkedCalendar(
  { integration, credentialId, primary, calendars, error }: CalendarsWire['connectedCalendars'][number],
  destination: CalendarsWire['destinationCalendar'],
): LinkedCalendar {
  // One that cannot be read says no address; the destination may remember it.
  const remembered = destination?.credentialId === credentialId ? destination.primaryEmail : null;
  return {
    credentialId,
    integration: integration.type,
    name:
      primary?.email ?? primary?.externalId ?? remembered ?? integration.name ?? integration.title ?? integration.type,
    isDead: error !== null && error !== undefined,
    calendars: (calendars ?? []).map((calendar) => ({
      externalId: calendar.externalId,
      name: calendar.name ?? calendar.externalId,
      isPrimary: calendar.primary === true,
      isReadOnly: calendar.readOnly === true,
      isSelected: calendar.isSelected === true,
    })),
  };
}

function isAboutOurToken(message: string): boolean {
  return /access token|api key/i.test(message);
}
