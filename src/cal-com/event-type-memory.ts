import { Injectable } from '@nestjs/common';
import { type ProviderAccess, ProviderError } from '../integrations/index.js';
import { CalComClient } from './cal-com.client.js';
import type { EventTypeWords } from './cal-com.mapper.js';

const KEEP_MS = 5 * 60_000;
const MAX_ENTRIES = 1_000;

type Words = ReadonlyMap<number, EventTypeWords>;

/**
 * The names of what can be booked, for a while: bookings that are read carry only the id, and a reading has many of one
 * kind. An account that may not list them is read all the same, by the titles of its bookings.
 */
@Injectable()
export class EventTypeMemory {
  private readonly entries = new Map<string, { words: Promise<Words>; until: number }>();

  constructor(private readonly client: CalComClient) {}

  async find(access: ProviderAccess, eventTypeId: number | null): Promise<EventTypeWords | undefined> {
    if (eventTypeId === null) return undefined;
    const { integrationId } = access;
    const entry = this.entries.get(integrationId);
    if (entry && entry.until > performance.now()) return (await entry.words).get(eventTypeId);
    if (this.entries.size >= MAX_ENTRIES) this.entries.clear();
    const words = this.read(access);
    this.entries.set(integrationId, { words, until: performance.now() + KEEP_MS });
    try {
      return (await words).get(eventTypeId);
    } catch (error) {
      this.entries.delete(integrationId);
      throw error;
    }
  }

  private async read({ accessToken }: ProviderAccess): Promise<Words> {
    try {
      const listed = await this.client.listEventTypes(accessToken);
      return new Map(listed.map(({ id, title, bookingFields }) => [id, { title, labels: toLabels(bookingFields) }]));
    } catch (error) {
      if (error instanceof ProviderError && isNotAllowed(error)) return new Map();
      throw error;
    }
  }
}

function toLabels(fields: readonly { slug?: string | null; label?: string | null }[] | null | undefined) {
  return new Map((fields ?? []).flatMap(({ slug, label }) => (slug && label ? [[slug, label] as const] : [])));
}

function isNotAllowed({ failure }: ProviderError): boolean {
  return failure.kind === 'insufficient-scope' || failure.kind === 'forbidden';
}
