import type {
  Account,
  EventType,
  Invitee,
  Organization,
  RoutingFormSubmission,
  ScheduledEvent,
  WebhookSubscription,
} from './model.js';

/** Everything the stand-in remembers about Calendly's side, tokens excepted. */
export class Store {
  readonly organizations = new Map<string, Organization>();
  readonly accounts = new Map<string, Account>();
  readonly eventTypes = new Map<string, EventType>();
  readonly events = new Map<string, ScheduledEvent>();
  readonly invitees = new Map<string, Invitee>();
  readonly subscriptions = new Map<string, WebhookSubscription>();
  readonly submissions = new Map<string, RoutingFormSubmission>();

  clear(): void {
    const tables = [this.organizations, this.accounts, this.eventTypes, this.events, this.invitees];
    for (const table of [...tables, this.subscriptions, this.submissions]) table.clear();
  }

  organizationOf(account: Account): Organization {
    return held(this.organizations, account.organizationId);
  }

  hostOf(event: ScheduledEvent): Account {
    return held(this.accounts, event.hostId);
  }

  eventOf(invitee: Invitee): ScheduledEvent {
    return held(this.events, invitee.eventId);
  }

  findAccountByEmail(email: string): Account | null {
    return [...this.accounts.values()].find((account) => account.email === email) ?? null;
  }

  findInviteeByNoShow(noShowId: string): Invitee | null {
    return [...this.invitees.values()].find((invitee) => invitee.noShow?.id === noShowId) ?? null;
  }

  eventTypesOf(account: Account): EventType[] {
    return [...this.eventTypes.values()].filter((eventType) => eventType.ownerId === account.id);
  }
}

function held<T>(table: Map<string, T>, id: string): T {
  const row = table.get(id);
  if (!row) throw new Error(`the store refers to ${id}, which it does not hold`);
  return row;
}
