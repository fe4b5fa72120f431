import type { FastifyInstance } from 'fastify';
import type { Gestures } from './gestures.js';

/** One imitated service. The sandbox serves each under `/<name>` and its controls under `/_sandbox/<name>`. */
export interface StandIn {
  readonly name: string;
  readonly title: string;
  /** Served under `/_sandbox/<name>/gestures`. */
  readonly gestures: Gestures;
  register(server: FastifyInstance): Promise<void>;
  /** The variables that point an application at this stand-in. Read once the server listens. */
  environment(): Record<string, string>;
  close(): Promise<void>;
}

/** Where the sandbox answers. Port 0 leaves the number open until the server listens, so it is asked for, never copied. */
export interface Origin {
  readonly url: string;
}
