import type { FastifyRequest } from 'fastify';
import { noSuchRoute } from './api-error.js';
import { header } from './authentication.js';

export const bookingsVersion = '2024-08-13';
export const eventTypesVersion = '2024-06-14';
export const schedulesVersion = '2024-06-11';
export const slotsVersion = '2024-09-04';

/** A missing or wrong version is no error: the oldest controller answers (contract 2.2). */
export function asksFor(request: FastifyRequest, version: string): boolean {
  return header(request, 'cal-api-version') === version;
}

/** For what the oldest controllers did not have. */
export function requireVersion(request: FastifyRequest, version: string): void {
  if (asksFor(request, version)) return;
  throw noSuchRoute(request);
}
