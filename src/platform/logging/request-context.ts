import { AsyncLocalStorage } from 'node:async_hooks';
import type { Locale } from '../errors/problem.js';

export interface RequestContext {
  requestId: string;
  locale: Locale;
  /** First 48 bits of an IPv6 or 24 of an IPv4 address: enough to see a pattern, not a person. */
  ipPrefix: string;
}

const storage = new AsyncLocalStorage<RequestContext>();

/** What the code below needs to know of the request or job it runs for, without passing it through every call. */
export const requestContext = {
  run: <T>(context: RequestContext, work: () => T): T => storage.run(context, work),
  get: (): RequestContext | undefined => storage.getStore(),
};
