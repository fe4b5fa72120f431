import { Live } from './live.js';
import { createRest, type Rest } from './rest.js';
import { type Exclusively, ClientSession } from './session.js';
import { memoryStore, type SessionStore } from './session-store.js';

export { type FieldError, Problem, toProblem } from './problem.js';
export { bodyOf, nextCursorOf, type Page, pageOf, type Rest } from './rest.js';
export { ClientSession, type Exclusively, type Registration } from './session.js';
export { memoryStore, type SessionStore, type SessionUser, type StoredSession, webStore } from './session-store.js';
export { Live, type LiveState, type LiveStatus } from './live.js';
export { type Notification, NotificationFeed } from './notification-feed.js';
export type { components, operations, paths } from './schema.js';
export type { ProspectMessage, ServerToClientEvents, SocketMessageName, SocketMessages } from './socket-messages.js';

export interface PasserelleOptions {
  /** Where the server is: `https://passerelle.example.com`. */
  readonly origin: string;
  /** Where the session is kept; in memory when not given. */
  readonly store?: SessionStore;
  /** For `Accept-Language`, asked at each request. French when not given, like the server. */
  readonly language?: () => string;
  readonly fetch?: typeof globalThis.fetch;
  /** Only for a store that is shared; `webLocks()` in a browser. */
  readonly exclusively?: Exclusively;
}

export interface Passerelle {
  readonly session: ClientSession;
  readonly rest: Rest;
  readonly live: Live;
}

export function createPasserelle(options: PasserelleOptions): Passerelle {
  const session = new ClientSession({
    origin: options.origin,
    store: options.store ?? memoryStore(),
    language: options.language ?? (() => 'fr'),
    // Looked up at each call, so that a page may replace it later.
    fetch: options.fetch ?? ((...call) => globalThis.fetch(...call)),
    exclusively: options.exclusively ?? ((work) => work()),
  });
  return { session, rest: createRest(options.origin, session), live: new Live(options.origin, session) };
}

/** One tab at a time renews the session; where the browser has no locks the server's own answer settles the race. */
export function webLocks(name = 'passerelle.session'): Exclusively {
  if (!('locks' in navigator)) return (work) => work();
  return async (work) => await navigator.locks.request(name, work);
}
