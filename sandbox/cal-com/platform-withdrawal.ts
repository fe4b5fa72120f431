import type { FastifyRequest } from 'fastify';
import { gone, noSuchRoute } from './api-error.js';
import type { Settings } from './settings.js';

/** `/oauth/` is the managed users' refresh; `/auth/oauth2/` is the successor and stays. */
const platformPath = /^\/(oauth-clients|oauth|provider)(\/|\?|$)/;

/** What a deployment meets that came too late for the Platform plan (contract 1). */
export function refuseWithdrawn(request: FastifyRequest, path: string, { platform }: Settings): void {
  if (platform === 'open' || !platformPath.test(path)) return;
  throw platform === 'gone' ? gone('This endpoint has been removed.') : noSuchRoute(request);
}
