import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from './caller.js';
import type { Method } from './methods.js';
import type { Parameters } from './parameters.js';

/** A call that found its method and may make it. */
export interface ApiCall {
  caller: Caller;
  method: Method;
  /** Of the path, decoded. */
  path: Record<string, string>;
  query: Parameters;
  headers: IncomingHttpHeaders;
  body: unknown;
}

/** 200 with the body, 204 without one. */
export type Handler = (call: ApiCall) => unknown;

/** Something with an etag that the caller already has: 304. */
export const notModified = Symbol('not modified');
