import type { SandboxClock } from '../clock.js';
import type { Booking, CalendarChoice, Credential, DestinationCalendar, User } from './model.js';
import type { Settings } from './settings.js';
import type { Store } from './store.js';

const apps = {
  google: { title: 'Google Calendar', slug: 'google-calendar', url: 'https://cal.com/' },
  office365: { title: 'Outlook Calendar', slug: 'office365-calendar', url: 'https://cal.com/' },
  apple: { title: 'Apple Calendar', slug: 'apple-calendar', url: 'https://cal.com/' },
  'ics-feed': { title: 'ICS Feed', slug: 'ics-feed', url: 'https://cal.com/' },
};

/**
 * Linked calendars (contract 6.3).
 *
 * Reading the list writes defaults: the first calendar becomes the destination, and each account's own calendar is
 * checked for conflicts. What was read is repeated for a while; linking and unlinking end that, a credential that dies at
 * its provider does not.
 */
export class Calendars {
  readonly #cached = new Map<number, { until: Date; answer: unknown }>();

  constructor(
    private readonly store: Store,
    private readonly clock: SandboxClock,
    private readonly settings: Settings,
  ) {}

  /** An account that is linked already is not linked twice; if its credential went bad, a new one replaces it. */
  link(user: User, kind: Credential['kind'], email: string, more: Partial<Credential> = {}): Credential {
    this.#cached.delete(user.id);
    const linked = this.store
      .credentialsOf(user)
      .find((credential) => credential.kind === kind && credential.email === email);
    if (linked?.health === 'good') return linked;
    if (linked) this.store.removeCredential(linked);
    const credential: Credential = {
      id: this.store.numbers.next('credential'),
      userId: user.id,
      kind,
      email,
      urls: [],
      isReadOnly: false,
      health: 'good',
      ...more,
    };
    this.store.credentials.set(credential.id, credential);
    return credential;
  }

  unlink(user: User, id: number): Credential | null {
    const credential = this.store.credentials.get(id);
    if (!credential || credential.userId !== user.id) return null;
    this.#cached.delete(user.id);
    this.store.removeCredential(credential);
    return credential;
  }

  list(user: User): unknown {
    const cached = this.#cached.get(user.id);
    if (cached && this.clock.now() < cached.until) return cached.answer;
    this.#writeDefaults(user);
    const answer = {
      connectedCalendars: this.store.credentialsOf(user).map((credential) => this.#connected(credential)),
      destinationCalendar: this.#destination(user),
    };
    this.#cached.set(user.id, { until: this.clock.in(this.settings.calendars_cache_seconds), answer });
    return answer;
  }

  select(user: User, choice: Omit<CalendarChoice, 'userId'>): CalendarChoice {
    this.#cached.delete(user.id);
    const known = this.findSelected(user, choice);
    if (known) return known;
    const made = { userId: user.id, ...choice };
    this.store.selected.push(made);
    return made;
  }

  findSelected(user: User, choice: Omit<CalendarChoice, 'userId'>): CalendarChoice | null {
    const isSame = (other: CalendarChoice) =>
      other.userId === user.id &&
      other.integration === choice.integration &&
      other.externalId === choice.externalId &&
      other.credentialId === choice.credentialId;
    return this.store.selected.find(isSame) ?? null;
  }

  unselect(choice: CalendarChoice): void {
    this.#cached.delete(choice.userId);
    this.store.selected = this.store.selected.filter((other) => other !== choice);
  }

  /** Null when no linked calendar is called that. */
  setDestination(user: User, integration: string, externalId: string): DestinationCalendar | null {
    const credential = this.store
      .credentialsOf(user)
      .find((candidate) => integrationOf(candidate) === integration && candidate.email === externalId);
    if (!credential || credential.isReadOnly) return null;
    this.#cached.delete(user.id);
    const destination: DestinationCalendar = {
      id: this.store.destinations.get(user.id)?.id ?? this.store.numbers.next('destination'),
      userId: user.id,
      integration,
      externalId,
      credentialId: credential.id,
      primaryEmail: credential.email,
    };
    this.store.destinations.set(user.id, destination);
    return destination;
  }

  /** Events of the calendar itself, and the bookings that Cal.com wrote there. */
  busyTimes(credential: Credential, externalId: string, from: Date, to: Date) {
    const destination = this.store.destinations.get(credential.userId);
    const isDestination = destination?.credentialId === credential.id && destination.externalId === externalId;
    const isWritten = (booking: Booking) =>
      isDestination && booking.hostId === credential.userId && booking.status === 'accepted';
    const own = this.store.busyTimes.filter(
      (busy) => busy.credentialId === credential.id && busy.externalId === externalId,
    );
    return [...own, ...[...this.store.bookings.values()].filter(isWritten)]
      .filter(({ startsAt, endsAt }) => endsAt > from && startsAt < to)
      .toSorted((left, right) => left.startsAt.getTime() - right.startsAt.getTime())
      .map(({ startsAt, endsAt }) => ({
        start: startsAt.toISOString(),
        end: endsAt.toISOString(),
        source: externalId,
      }));
  }

  clear(): void {
    this.#cached.clear();
  }

  #writeDefaults(user: User): void {
    const usable = this.store.credentialsOf(user).filter(({ health, isReadOnly }) => health === 'good' && !isReadOnly);
    const [first] = usable;
    if (first && !this.store.destinations.has(user.id)) this.setDestination(user, integrationOf(first), first.email);
    for (const credential of usable) {
      const hasOne = this.store.selected.some(({ credentialId }) => credentialId === credential.id);
      const { email, id } = credential;
      if (!hasOne) this.select(user, { integration: integrationOf(credential), externalId: email, credentialId: id });
    }
  }

  /** A provider that refuses leaves a word in place of the calendars. */
  #connected(credential: Credential) {
    const { title, slug, url } = apps[credential.kind];
    const integration = {
      type: integrationOf(credential),
      title,
      name: title,
      slug,
      variant: 'calendar',
      description: `${title} (bac à sable)`,
      categories: ['calendar'],
      logo: `/app-store/${slug}/icon.svg`,
      publisher: 'Cal.com',
      url,
      email: 'help@example.test',
      locationOption: null,
    };
    const known = { integration, credentialId: credential.id, delegationCredentialId: null };
    if (credential.health !== 'good') return { ...known, error: { message: 'Could not get connected calendars' } };
    const own = {
      externalId: credential.email,
      integration: integrationOf(credential),
      name: credential.email,
      primary: true,
      readOnly: credential.isReadOnly,
      isSelected: this.store.selected.some(({ credentialId }) => credentialId === credential.id),
      credentialId: credential.id,
    };
    return { ...known, primary: { ...own, email: credential.email }, calendars: [own] };
  }

  #destination(user: User) {
    const destination = this.store.destinations.get(user.id);
    if (!destination) return null;
    const kind = this.store.credentials.get(destination.credentialId ?? 0)?.kind;
    return { ...destination, eventTypeId: null, integrationTitle: kind ? apps[kind].title : '' };
  }
}

export function integrationOf({ kind }: Pick<Credential, 'kind'>): string {
  return `${kind}_calendar`;
}
