import type { FastifyRequest } from 'fastify';
import type { Mailbox } from './mailbox.js';
import type { Account } from './model.js';
import type { Preferences } from './preferences.js';

/** A request to Graph, read as far as every operation needs it. */
export interface GraphCall {
  readonly request: FastifyRequest;
  readonly account: Account;
  /** Asking for it refuses the call when the account has none. */
  readonly mailbox: Mailbox;
  /** Below the version, as it was asked for: `/me/events`. */
  readonly path: string;
  readonly params: Readonly<Record<string, string>>;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly preferences: Preferences;
}

export interface GraphAnswer {
  status?: number;
  body?: unknown;
  headers?: Record<string, string>;
}

export type Operation = (call: GraphCall) => GraphAnswer | Promise<GraphAnswer>;
