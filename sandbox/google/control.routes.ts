import type { FastifyInstance } from 'fastify';
import { answerControlError } from '../control-errors.js';
import type { GoogleControl } from './control.js';

/** Whatever arrived: each control checks it against its own schema before believing any of it. */
const body = (request: { body: unknown }) => request.body as never;
const query = (request: { query: unknown }) => request.query as never;

/** Each control under its route. Bodies are checked by the control itself, whose word on a bad field is passed on. */
export function registerControlRoutes(server: FastifyInstance, control: GoogleControl): void {
  server.setErrorHandler((error, _request, reply) => answerControlError(error, reply));
  server.setNotFoundHandler((request, reply) =>
    reply.status(404).send({ error: 'refused', field: 'path', message: `no control answers ${request.method} here` }),
  );
  const done = { done: true };

  server.get('/events', async (request) => control.events(query(request)));
  server.get('/event', async (request) => control.event(query(request)));
  server.post('/events', async (request) => control.addEvent(body(request)));
  server.patch('/events', async (request) => control.changeEvent(body(request)));
  server.delete('/events', async (request) => (control.deleteEvent(body(request)), done));
  server.post('/seed', async (request) => control.seed(body(request)));
  server.post('/forget-deletions', async (request) => control.forgetDeletions(body(request)));
  server.post('/invalidate-sync-tokens', async (request) => control.invalidateSyncTokens(body(request)));
  server.post('/next-page-empty', async (request) => (control.nextPageEmpty(body(request)), done));

  server.get('/accounts', async () => control.accounts());
  server.post('/accounts', async (request) => control.addAccount(body(request)));
  server.post('/share', async (request) => (control.shareCalendar(body(request)), done));
  server.post('/consent', async (request) => control.consent(body(request)));
  server.post('/expire-access-tokens', async (request) => control.expireAccessTokens(body(request)));
  server.post('/revoke-grants', async (request) => control.revokeGrants(body(request)));
  server.get('/redirect-uris', async () => control.redirectUris());
  server.put('/redirect-uris', async (request) => control.setRedirectUris(body(request)));

  server.get('/clock', async () => control.now());
  server.post('/clock/advance', async (request) => control.advance(body(request)));
  server.get('/settings', async () => control.settings());
  server.put('/settings', async (request) => control.changeSettings(body(request)));
  server.get('/faults', async () => control.faults());
  server.post('/faults', async (request) => control.failNext(body(request)));
  server.delete('/faults', async () => (control.clearFaults(), done));

  server.get('/channels', async () => control.channels());
  server.post('/channels/expire', async (request) => control.expireChannels(body(request)));
  server.get('/pushes', async () => control.pushes());
  server.post('/pushes/drop', async (request) => (control.dropPushes(body(request)), done));
  server.post('/pushes/forge', async (request) => (control.forgePushes(body(request)), done));
  server.post('/pushes/hold', async () => (control.holdPushes(), done));
  server.post('/pushes/release', async (request) => control.releasePushes(body(request)));
  server.post('/pushes/repeat', async (request) => control.repeatPush(body(request)).then(() => done));
  server.post('/pushes/settle', async () => control.pushesSettled().then(() => done));

  server.get('/mails', async () => control.mails());
  server.delete('/mails', async () => (control.clearMails(), done));
  server.get('/calls', async () => control.calls());
  server.delete('/calls', async () => (control.clearCalls(), done));
  server.get('/peak-concurrency', async () => control.peakConcurrency());
  server.post('/reset', async () => control.reset().then(() => done));
}
