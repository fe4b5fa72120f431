import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { SandboxClock } from '../clock.js';
import { ApiError, invalid, notFound, required } from './api-error.js';
import type { Links } from './links.js';
import type { Calendar, StoredEvent } from './model.js';
import type { Pushes } from './pushes.js';
import type { Settings } from './settings.js';

const channelBody = z.object({
  id: z.string().optional(),
  type: z.string().optional(),
  address: z.string().optional(),
  token: z.string().optional(),
  expiration: z.union([z.string(), z.number()]).optional(),
  params: z.record(z.string(), z.string()).optional(),
  resourceId: z.string().optional(),
});

export interface Channel {
  id: string;
  token: string | null;
  address: string;
  resourceId: string;
  resourceUri: string;
  calendarId: string;
  /** Whoever made it; nobody else may stop it. */
  email: string;
  /** Empty: events of any type. */
  eventTypes: string[];
  expiresAt: Date;
  isStopped: boolean;
  messageNumber: number;
}

/** Between two messages the number grows, and not by one (contract 9). */
const steps = [3, 1, 7, 2, 12, 1];

/**
 * Channels of notification: each lives until its time is over or it is stopped, and none is ever renewed. Its id is spent
 * for good. Revoking the consent does not end it; it only leaves nobody who could stop it (contract 9).
 */
export class Channels {
  readonly #channels = new Map<string, Channel>();
  #isMuted = false;

  constructor(
    private readonly clock: SandboxClock,
    private readonly links: Links,
    private readonly settings: Settings,
    private readonly pushes: Pushes,
  ) {}

  open(calendar: Calendar, email: string, eventTypes: string[], given: unknown): Channel {
    const body = readBody(given);
    if (!body.id) throw required('Missing channel id.');
    if (body.id.length > 64 || !/^[A-Za-z0-9\-_+/=]+$/.test(body.id)) throw invalid('Invalid channel id.');
    if (body.type !== 'web_hook' && body.type !== 'webhook') throw invalid('Unknown channel type.');
    if ((body.token ?? '').length > 256) throw invalid('Channel token is too long.');
    this.#checkAddress(body.address);
    if (calendar.kind === 'holidays') {
      throw new ApiError({
        status: 400,
        reason: 'pushNotSupportedForRequestedResource',
        message: 'Push notifications are not supported by this resource.',
        domain: 'calendar',
      });
    }
    if (this.#channels.has(body.id)) {
      throw new ApiError({ status: 400, reason: 'channelIdNotUnique', message: `Channel id ${body.id} not unique` });
    }
    const path = `/calendars/${encodeURIComponent(calendar.id)}/events?alt=json`;
    const filter = eventTypes.map((type) => `&eventTypes=${type}`).join('');
    const channel: Channel = {
      id: body.id,
      token: body.token ?? null,
      address: body.address ?? '',
      resourceId: createHash('sha256').update(`${email} ${path}${filter}`).digest('base64url').slice(0, 27),
      resourceUri: `${this.links.api}${path}${filter}`,
      calendarId: calendar.id,
      email,
      eventTypes,
      expiresAt: this.#expiryOf(body),
      isStopped: false,
      messageNumber: 0,
    };
    this.#channels.set(channel.id, channel);
    return channel;
  }

  /** The first message, which tells nothing but that the channel is there. */
  synchronise(channel: Channel): Promise<void> {
    channel.messageNumber = 1;
    return this.pushes.send(channel, 'sync');
  }

  /** Nobody is told of what is done meanwhile. */
  mute<T>(run: () => T): T {
    this.#isMuted = true;
    try {
      return run();
    } finally {
      this.#isMuted = false;
    }
  }

  announce(calendar: Calendar, event: StoredEvent): void {
    if (this.#isMuted) return;
    for (const channel of this.#channels.values()) {
      const hears =
        channel.calendarId === calendar.id &&
        this.isLive(channel) &&
        (channel.eventTypes.length === 0 || channel.eventTypes.includes(event.fields.eventType));
      if (hears) this.#tell(channel, 'exists');
    }
  }

  announceEnd(calendar: Calendar): void {
    for (const channel of this.#channels.values()) {
      if (channel.calendarId === calendar.id && this.isLive(channel)) this.#tell(channel, 'not_exists');
    }
  }

  stop(email: string, given: unknown): void {
    const { id, resourceId } = readBody(given);
    if (!id) throw required('Missing channel id.');
    if (!resourceId) throw required('Missing resource id.');
    const channel = this.#channels.get(id);
    const isTheirs = channel?.resourceId === resourceId && channel.email === email;
    if (!channel || !isTheirs || !this.isLive(channel)) throw notFound();
    channel.isStopped = true;
  }

  isLive(channel: Channel): boolean {
    return !channel.isStopped && this.clock.now() < channel.expiresAt;
  }

  /** Ends one before its time, or all. Answers how many. */
  expire(id: string | null): number {
    const ended = [...this.#channels.values()].filter(
      (channel) => (id ?? channel.id) === channel.id && this.isLive(channel),
    );
    for (const channel of ended) channel.expiresAt = this.clock.now();
    return ended.length;
  }

  list(): Channel[] {
    return [...this.#channels.values()];
  }

  clear(): void {
    this.#channels.clear();
  }

  #tell(channel: Channel, state: 'exists' | 'not_exists'): void {
    channel.messageNumber += steps[channel.messageNumber % steps.length] ?? 1;
    void this.pushes.send(channel, state);
  }

  #checkAddress(address: string | undefined): void {
    if (!address) throw required('Missing webhook address.');
    const url = URL.canParse(address) ? new URL(address) : null;
    const isPlain = url?.protocol === 'http:' && this.settings.allow_http_push_addresses;
    if (url?.protocol !== 'https:' && !isPlain)
      throw callbackRefused('WebHook callback must be HTTPS:', address, 'push.webhookUrlNotHttps');
    if (this.settings.refused_push_hosts.includes(url?.hostname ?? '')) {
      throw callbackRefused('Unauthorized WebHook callback channel:', address, 'push.webhookUrlUnauthorized');
    }
  }

  /** Of `expiration` and `ttl` the shorter counts, and neither for longer than the service allows. */
  #expiryOf(body: z.output<typeof channelBody>): Date {
    const now = this.clock.now().getTime();
    const { channel_default_seconds: normal, channel_longest_seconds: longest } = this.settings;
    const ttl = body.params?.['ttl'];
    if (ttl !== undefined && !/^[1-9]\d{0,9}$/.test(ttl)) throw invalid('Invalid ttl.');
    const asked = body.expiration === undefined ? null : Number(body.expiration);
    if (asked !== null && !(Number.isInteger(asked) && asked > now)) throw invalid('Invalid channel expiration.');
    const isOpen = ttl === undefined && asked === null;
    const ends = [
      now + longest * 1000,
      ...(ttl === undefined ? [] : [now + Number(ttl) * 1000]),
      ...(asked === null ? [] : [asked]),
      ...(isOpen ? [now + normal * 1000] : []),
    ];
    // Whole seconds: the header of each message shows no more.
    return new Date(Math.floor(Math.min(...ends) / 1000) * 1000);
  }
}

export function toWireChannel(channel: Channel) {
  return {
    kind: 'api#channel',
    id: channel.id,
    resourceId: channel.resourceId,
    resourceUri: channel.resourceUri,
    ...(channel.token !== null && { token: channel.token }),
    expiration: String(channel.expiresAt.getTime()),
  };
}

function readBody(given: unknown): z.output<typeof channelBody> {
  const outcome = channelBody.safeParse(given ?? {});
  if (!outcome.success) throw invalid(`Invalid value for: ${outcome.error.issues[0]?.path.join('.') ?? 'the channel'}`);
  return outcome.data;
}

function callbackRefused(words: string, address: string, reason: string): ApiError {
  return new ApiError({ status: 400, reason, message: `${words} ${address}` });
}
