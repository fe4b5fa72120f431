import { createHash } from 'node:crypto';
import type { Entry } from './entries.js';
import { allowedProviders } from './event-content.js';
import { derivedGuid } from './ids.js';
import { toPreview, toText } from './item-body.js';
import type { Links } from './links.js';
import { changeKeyOf, etagOf, idOf } from './mailbox.js';
import type { Account, Calendar, EventContent, EventTime, Recurrence, ResponseStatus } from './model.js';
import type { Preferences } from './preferences.js';
import type { Settings } from './settings.js';
import { localIn, toTicks, toWireInstant } from './times.js';
import { findZone } from './zones.js';

/** How the caller wants to see things. */
export type View = Pick<Preferences, 'zone' | 'iana' | 'bodyType' | 'idFormat'>;

export type WireObject = Record<string, unknown>;

const never = '0001-01-01T00:00:00Z';
const emptyLocation = {
  displayName: '',
  locationType: 'default',
  uniqueIdType: 'unknown',
  address: {},
  coordinates: {},
};

/** Our records in Graph's words (contract 4, 5 and 8). */
export class Wire {
  constructor(
    private readonly links: Links,
    private readonly settings: Settings,
  ) {}

  user(account: Account): WireObject {
    const [givenName = '', ...rest] = account.displayName.split(' ');
    return {
      '@odata.context': this.links.context('users/$entity'),
      businessPhones: [],
      displayName: account.displayName,
      givenName,
      jobTitle: null,
      mail: account.mail,
      mobilePhone: null,
      officeLocation: null,
      preferredLanguage: account.preferredLanguage,
      surname: rest.join(' '),
      userPrincipalName: account.userPrincipalName,
      id: account.id,
    };
  }

  mailboxSettings(account: Account): WireObject {
    return {
      '@odata.context': this.links.context(`users('${account.id}')/mailboxSettings`),
      archiveFolder: null,
      timeZone: account.timeZone,
      dateFormat: 'dd/MM/yyyy',
      timeFormat: 'HH:mm',
      userPurpose: 'user',
      language: { locale: account.preferredLanguage ?? 'fr-FR', displayName: account.preferredLanguage ?? 'fr-FR' },
      workingHours: this.workingHours(account),
    };
  }

  workingHours(account: Account): WireObject {
    return {
      daysOfWeek: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'],
      startTime: '08:00:00.0000000',
      endTime: '18:00:00.0000000',
      timeZone: { name: account.timeZone },
    };
  }

  calendar(calendar: Calendar, account: Account): WireObject {
    const providers = allowedProviders(account);
    return {
      id: calendar.id,
      name: calendar.name,
      color: calendar.color,
      hexColor: calendar.hexColor,
      isDefaultCalendar: calendar.isDefault,
      changeKey: calendar.changeKey,
      canShare: account.kind === 'work',
      canViewPrivateItems: true,
      canEdit: calendar.canEdit,
      isTallyingResponses: calendar.isDefault,
      isRemovable: !calendar.isDefault,
      allowedOnlineMeetingProviders: providers,
      defaultOnlineMeetingProvider: providers[0] ?? 'unknown',
      owner: { name: account.displayName, address: account.mail ?? account.userPrincipalName },
    };
  }

  event(entry: Entry, view: View): WireObject {
    const { item, content } = entry;
    const id = idOf(entry, view.idFormat);
    const [first = null] = content.locations;
    const displayName = content.locations.map((location) => location.displayName).join('; ');
    return {
      '@odata.etag': etagOf(entry),
      id,
      createdDateTime: toWireInstant(item.createdAt),
      lastModifiedDateTime: toWireInstant(entry.modifiedAt),
      changeKey: changeKeyOf(entry),
      categories: content.categories,
      ...(item.transactionId !== null && entry.date === null ? { transactionId: item.transactionId } : {}),
      originalStartTimeZone: this.#zoneOf(entry, 'start'),
      originalEndTimeZone: this.#zoneOf(entry, 'end'),
      iCalUId: iCalUIdOf(entry),
      reminderMinutesBeforeStart: content.reminderMinutesBeforeStart,
      isReminderOn: content.isReminderOn,
      hasAttachments: false,
      subject: content.subject,
      bodyPreview: toPreview(content.html),
      importance: content.importance,
      sensitivity: content.sensitivity,
      isAllDay: content.isAllDay,
      isCancelled: content.isCancelled,
      isOrganizer: content.isOrganizer,
      responseRequested: content.responseRequested,
      seriesMasterId: this.#masterIdOf(entry, view),
      showAs: content.showAs,
      type: entry.type,
      webLink: this.links.toItem(id),
      onlineMeetingUrl: null,
      isOnlineMeeting: content.onlineMeeting !== null,
      onlineMeetingProvider: content.onlineMeeting?.provider ?? 'unknown',
      allowNewTimeProposals: content.allowNewTimeProposals,
      isDraft: false,
      hideAttendees: content.hideAttendees,
      ...(entry.originalStart ? { originalStart: toWireInstant(entry.originalStart) } : {}),
      recurrence: entry.type === 'seriesMaster' && item.series ? toRecurrence(item.series.recurrence) : null,
      onlineMeeting: content.onlineMeeting && { joinUrl: content.onlineMeeting.joinUrl },
      responseStatus: toResponse(content.responseStatus),
      body: this.#bodyOf(content, view),
      start: this.#timeOf(content, content.start, view),
      end: this.#timeOf(content, content.end, view),
      location: first ? { ...emptyLocation, ...first, displayName } : emptyLocation,
      locations: content.locations.map((location) => ({ ...emptyLocation, ...location })),
      attendees: content.attendees.map(({ type, status, emailAddress }) => ({
        type,
        status: toResponse(status),
        emailAddress,
      })),
      organizer: { emailAddress: content.organizer },
    };
  }

  /** All that delta says of an occurrence (contract 8). */
  stub(entry: Entry, view: View): WireObject {
    return {
      '@odata.type': '#microsoft.graph.event',
      '@odata.etag': etagOf(entry),
      id: idOf(entry, view.idFormat),
      seriesMasterId: this.#masterIdOf(entry, view),
      type: 'occurrence',
      start: this.#timeOf(entry.content, entry.content.start, view),
      end: this.#timeOf(entry.content, entry.content.end, view),
    };
  }

  /** A moment in the caller's zone. Whole days are not converted: they are dates, said as midnights (contract 5). */
  #timeOf({ isAllDay }: EventContent, time: EventTime, view: View): WireObject {
    if (this.settings.answer_unknown_zones_raw && findZone(time.zone) === null) {
      return { dateTime: toTicks(time.local), timeZone: time.zone };
    }
    const local = isAllDay ? time.local : localIn(time.at, view.iana);
    return { dateTime: toTicks(local), timeZone: view.zone };
  }

  timeIn(at: number, view: View): WireObject {
    return { dateTime: toTicks(localIn(at, view.iana)), timeZone: view.zone };
  }

  #bodyOf({ html }: EventContent, view: View): WireObject {
    if (view.bodyType === 'text') return { contentType: 'text', content: toText(html) };
    return { contentType: 'html', content: html };
  }

  #masterIdOf(entry: Entry, view: View): string | null {
    return entry.date === null ? null : idOf({ item: entry.item, date: null }, view.idFormat);
  }

  /** As the event was made, which for an occurrence is as its series was. */
  #zoneOf({ item, content, type }: Entry, name: 'start' | 'end'): string {
    return type === 'occurrence' ? item.content[name].zone : content[name].zone;
  }
}

function toRecurrence({ pattern, range }: Recurrence): WireObject {
  return {
    pattern: {
      type: pattern.type,
      interval: pattern.interval,
      month: pattern.month,
      dayOfMonth: pattern.dayOfMonth,
      ...(pattern.daysOfWeek.length > 0 ? { daysOfWeek: pattern.daysOfWeek } : {}),
      firstDayOfWeek: pattern.firstDayOfWeek,
      index: pattern.index,
    },
    range: {
      type: range.type,
      startDate: range.startDate,
      endDate: range.endDate ?? '0001-01-01',
      recurrenceTimeZone: range.recurrenceTimeZone,
      numberOfOccurrences: range.numberOfOccurrences,
    },
  };
}

function toResponse({ response, at }: ResponseStatus): WireObject {
  return { response, time: at === null ? never : toWireInstant(at) };
}

/** Another one for each occurrence (contract 5). */
function iCalUIdOf({ item, date }: Entry): string {
  const item16 = createHash('md5').update(derivedGuid(item.key)).digest('hex').toUpperCase();
  const onDate = date === null ? '00000000' : date.replaceAll('-', '');
  return `040000008200E00074C5B7101A82E008${onDate}${item16}`;
}
