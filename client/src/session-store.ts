import type { components } from './schema.js';

export type SessionUser = components['schemas']['UserDto'];

export interface StoredSession {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly user: SessionUser;
}

/** Where a session is kept. Read before each use, so that several tabs or processes may share one. */
export interface SessionStore {
  read(): StoredSession | null;
  write(session: StoredSession | null): void;
}

export function memoryStore(initial: StoredSession | null = null): SessionStore {
  let session = initial;
  return { read: () => session, write: (next) => void (session = next) };
}

/** In `localStorage` for a session of the whole browser, in `sessionStorage` for one of a tab. */
export function webStore(storage: Storage, key = 'passerelle.session'): SessionStore {
  return {
    read() {
      const text = storage.getItem(key);
      if (text === null) return null;
      try {
        return JSON.parse(text) as StoredSession;
      } catch {
        return null;
      }
    },
    write(session) {
      if (session === null) storage.removeItem(key);
      else storage.setItem(key, JSON.stringify(session));
    },
  };
}
