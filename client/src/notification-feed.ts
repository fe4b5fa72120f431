import type { Live } from './live.js';
import { Problem } from './problem.js';
import { bodyOf, pageOf, type Rest } from './rest.js';
import type { components } from './schema.js';

export type Notification = components['schemas']['NotificationDto'];

const PAGE = 100;
const REMEMBERED = 1_000;

/**
 * Every notification from now on, each told once. A socket message is told at once; what a break has swallowed is read
 * from `GET /api/notifications?after=` as soon as the socket is back. Only that list moves the place from which is read
 * next: a message says nothing about those before it.
 */
export class NotificationFeed {
  /** The newest that a list has answered; null before the first list, and while there has never been any. */
  private readUpTo: Notification | null = null;
  private hasBegun = false;
  private readonly told = new Set<string>();
  private reading: Promise<void> | null = null;
  private isAskedAgain = false;
  private readonly stops: (() => void)[];

  constructor(
    private readonly rest: Rest,
    live: Live,
    private readonly tell: (notification: Notification) => void,
    private readonly fail: (error: unknown) => void = () => undefined,
  ) {
    this.stops = [
      live.onConnect(() => void this.catchUp()),
      live.on('notification', (hint) => this.tellOnce({ ...hint, read_at: null })),
    ];
    if (live.current.state === 'live') void this.catchUp();
  }

  close(): void {
    for (const stop of this.stops) stop();
  }

  /** Resolves when everything that was told before the call has been told here. */
  async catchUp(): Promise<void> {
    this.isAskedAgain = true;
    this.reading ??= this.readWhileAsked().finally(() => (this.reading = null));
    await this.reading;
  }

  private async readWhileAsked(): Promise<void> {
    try {
      while (this.isAskedAgain) {
        this.isAskedAgain = false;
        if (!this.hasBegun) await this.begin();
        else if (this.readUpTo === null) await this.readEverythingSince('');
        else await this.readAfter(this.readUpTo);
      }
    } catch (error) {
      this.fail(error);
    }
  }

  /** The first time there is nothing to catch up with: only the place to go on from is wanted. */
  private async begin(): Promise<void> {
    const [newest] = await bodyOf(this.rest.GET('/api/notifications', { params: { query: { limit: 1 } } }));
    this.hasBegun = true;
    this.readUpTo = newest ?? null;
    if (newest) this.remember(newest.id);
  }

  private async readAfter(known: Notification): Promise<void> {
    let cursor: string | undefined;
    do {
      const query = { after: known.id, limit: PAGE, ...(cursor !== undefined && { cursor }) };
      const page = await this.readPage(query);
      if (page === null) return await this.readEverythingSince(known.created_at);
      for (const notification of page.items) {
        this.tellOnce(notification);
        this.readUpTo = notification;
      }
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
  }

  /** For when there is no notification to start from. This list begins with the newest. */
  private async readEverythingSince(instant: string): Promise<void> {
    const missed: Notification[] = [];
    let cursor: string | undefined;
    do {
      const query = { limit: PAGE, ...(cursor !== undefined && { cursor }) };
      const page = await pageOf(this.rest.GET('/api/notifications', { params: { query } }));
      missed.push(...page.items.filter(({ created_at: at }) => at >= instant));
      cursor = missed.at(-1)?.id === page.items.at(-1)?.id ? (page.nextCursor ?? undefined) : undefined;
    } while (cursor !== undefined);
    for (const notification of missed.reverse()) this.tellOnce(notification);
    this.readUpTo = missed.at(-1) ?? this.readUpTo;
  }

  /** Null when the notification we had is so old that the server has forgotten it. */
  private async readPage(query: { after: string; limit: number; cursor?: string }) {
    try {
      return await pageOf(this.rest.GET('/api/notifications', { params: { query } }));
    } catch (error) {
      if (error instanceof Problem && error.status === 404) return null;
      throw error;
    }
  }

  private tellOnce(notification: Notification): void {
    if (this.told.has(notification.id)) return;
    this.remember(notification.id);
    this.tell(notification);
  }

  private remember(id: string): void {
    this.told.add(id);
    if (this.told.size <= REMEMBERED) return;
    const [oldest] = this.told;
    if (oldest !== undefined) this.told.delete(oldest);
  }
}
