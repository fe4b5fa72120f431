import type { SandboxClock } from '../clock.js';
import { type DeltaLine, lineId, listRound } from './delta-round.js';
import { type DeltaToken, DeltaTokens } from './delta-token.js';
import type { GraphAnswer, GraphCall } from './graph-call.js';
import { badRequest, GraphError } from './graph-error.js';
import type { Links } from './links.js';
import type { Account } from './model.js';
import type { PageFaults } from './page-faults.js';
import type { Settings } from './settings.js';
import { toWireInstant } from './times.js';
import { readWindow } from './window.js';
import type { Wire, WireObject } from './wire.js';

const unsupported = ['$select', '$expand', '$filter', '$orderby', '$search'];
export type ExpiryStatus = 410 | 404 | 400;

/** `calendarView/delta`: a window that stays where it is, told in rounds (contract 8). */
export class Delta {
  readonly #tokens = new DeltaTokens();
  /** Tokens up to a serial that were ended by order, and how they are refused. */
  readonly #ended = new Map<string, { upTo: number; status: ExpiryStatus }>();
  #serial = 0;

  constructor(
    private readonly clock: SandboxClock,
    private readonly links: Links,
    private readonly pageFaults: PageFaults,
    private readonly settings: Settings,
    private readonly wire: Wire,
  ) {}

  answer(call: GraphCall, calendarId: string): GraphAnswer {
    const refused = unsupported.find((name) => call.query.has(name));
    if (refused) {
      throw badRequest(`The query parameter '${refused}' is not supported by delta.`, 'ErrorInvalidUrlQuery');
    }
    const token = this.#tokenOf(call, calendarId);
    const order = {
      calendarId,
      window: { from: token.from, to: token.to },
      known: token.known,
      target: token.target ?? call.mailbox.versionBefore(this.settings.delta_delay_seconds),
    };
    const lines = listRound(call.mailbox, order, this.settings);
    const size = Math.min(
      call.preferences.pageSize ?? this.settings.default_page_size,
      this.settings.largest_page_size,
    );
    const empty = this.pageFaults.take();
    const page = empty === null ? lines.slice(token.offset, token.offset + size) : [];
    const reached = empty === 'end' ? lines.length : token.offset + page.length;
    const isOver = empty !== 'continue' && reached >= lines.length;
    const next: DeltaToken = isOver
      ? { ...token, known: order.target, target: null, offset: 0 }
      : { ...token, target: order.target, offset: reached };
    const link = this.#linkOf(call, next, isOver ? '$deltatoken' : '$skiptoken');
    return {
      body: {
        '@odata.context': this.links.context('Collection(event)'),
        [isOver ? '@odata.deltaLink' : '@odata.nextLink']: link,
        value: page.map((line) => this.#show(line, call)),
      },
    };
  }

  /** Null ends the tokens of every account. */
  endTokens(accounts: readonly Account[], status: ExpiryStatus): void {
    for (const { id } of accounts) this.#ended.set(id, { upTo: this.#serial, status });
  }

  clear(): void {
    this.#ended.clear();
  }

  #show(line: DeltaLine, { preferences }: GraphCall): WireObject {
    if (line.kind === 'removed') {
      const id = lineId(line, preferences.idFormat);
      return { '@odata.type': '#microsoft.graph.event', id, '@removed': { reason: 'deleted' } };
    }
    const { entry } = line;
    if (entry.type === 'occurrence') return this.wire.stub(entry, preferences);
    return { '@odata.type': '#microsoft.graph.event', ...this.wire.event(entry, preferences) };
  }

  #tokenOf(call: GraphCall, calendarId: string): DeltaToken {
    const { query, account } = call;
    const sealed = query.get('$skiptoken') ?? query.get('$deltatoken');
    if (sealed === null) {
      const { from, to } = readWindow(query);
      const common = { account: account.id, calendar: calendarId, issued_at: this.clock.now().getTime(), serial: 0 };
      return { ...common, from, to, known: null, target: null, offset: 0 };
    }
    const token = this.#tokens.open(sealed);
    if (token === null) throw badRequest('Badly formed token.', 'ErrorInvalidSyncStateData');
    const isForHere = token.account === account.id && token.calendar === calendarId;
    if (!isForHere) throw this.#expired(call, token, 400);
    const ended = this.#ended.get(account.id);
    if (ended && token.serial <= ended.upTo) throw this.#expired(call, token, ended.status);
    const lifetime = this.settings.delta_token_lifetime_seconds;
    if (lifetime !== null && this.clock.in(-lifetime).getTime() > token.issued_at) {
      throw this.#expired(call, token, this.settings.delta_expiry_status);
    }
    return token;
  }

  /** All three occur, with codes whose case is not to be relied on (contract 8). */
  #expired({ path }: GraphCall, { from, to }: DeltaToken, status: ExpiryStatus): GraphError {
    const message = 'The sync state generation is not found; continuing requires a full synchronization.';
    if (status === 400) return new GraphError(400, 'syncStateNotFound', message);
    if (status === 404) return new GraphError(404, 'SyncStateNotFound', message);
    const window = new URLSearchParams({
      startDateTime: toWireInstant(new Date(from)),
      endDateTime: toWireInstant(new Date(to)),
    });
    const location = `${this.links.graph}${path}?${window.toString()}`;
    return new GraphError(410, 'resyncRequired', 'Resync required. Replace any local items.', {}, { location });
  }

  #linkOf({ path }: GraphCall, token: DeltaToken, name: string): string {
    this.#serial += 1;
    const sealed = this.#tokens.seal({ ...token, issued_at: this.clock.now().getTime(), serial: this.#serial });
    return `${this.links.graph}${path}?${name}=${sealed}`;
  }
}
