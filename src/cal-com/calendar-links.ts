import type { ProviderAccess } from '../integrations/index.js';
import type { CalendarType } from './cal-com.profile.js';

/** What became of a calendar that should be linked. */
export type LinkState = 'linked' | 'missing' | 'dead';

export interface LinkedCalendar {
  readonly credentialId: number;
  /** `google_calendar`, `office365_calendar` and others. */
  readonly integration: string;
  /** As people know it: the address where there is one, else what kind of calendar it is. */
  readonly name: string;
  /** Cal.com can no longer read it. */
  readonly isDead: boolean;
  readonly calendars: readonly {
    readonly externalId: string;
    readonly name: string;
    readonly isPrimary: boolean;
    readonly isReadOnly: boolean;
    /** Looked into for conflicts. */
    readonly isSelected: boolean;
  }[];
}

export interface Destination {
  readonly integration: string;
  readonly externalId: string;
}

export interface LinkedCalendars {
  readonly linked: readonly LinkedCalendar[];
  /** Where new bookings are written. */
  readonly destination: Destination | null;
}

export interface BusyTime {
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly source: string | null;
}

export interface BusyQuestion {
  /** Days, as `YYYY-MM-DD`. */
  readonly from: string;
  readonly to: string;
  readonly timeZone: string;
}

/**
 * Calendars that people link to their account at a scheduling service, which holds the consent: we never see a token of
 * Google or Microsoft. Whoever fills this port says where to send the browser, and afterwards whether it worked.
 */
export abstract class CalendarLinks {
  /** Where the person consents. Their browser comes to `returnTo` at the end, whatever they decided. */
  abstract consentUrl(access: ProviderAccess, type: CalendarType, returnTo: string): Promise<string>;

  /** Hands over what a consent page gave, where it came to us instead of the service. */
  abstract complete(
    access: ProviderAccess,
    type: CalendarType,
    consent: { code: string; state: string },
  ): Promise<void>;

  /** The only thing that tells consent from refusal. */
  abstract check(access: ProviderAccess, type: CalendarType): Promise<LinkState>;

  abstract list(access: ProviderAccess): Promise<LinkedCalendars>;

  /** Of the calendars that are looked into for conflicts; those that cannot be read are left out. */
  abstract listBusyTimes(access: ProviderAccess, question: BusyQuestion): Promise<BusyTime[]>;

  abstract setDestination(access: ProviderAccess, destination: Destination): Promise<void>;
}
