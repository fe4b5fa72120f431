import type { FastifyInstance } from 'fastify';
import { answerControlError } from '../control-errors.js';
import type { OutlookControl } from './control.js';

/** Whatever arrived: each control checks it against its own schema before believing any of it. */
const body = (request: { body: unknown }) => request.body as never;
const query = (request: { query: unknown }) => request.query as never;

/** Each control under its route. Bodies are checked by the control itself, whose word on a bad field is passed on. */
export function registerControlRoutes(server: FastifyInstance, control: OutlookControl): void {
  server.setErrorHandler((error, _request, reply) => answerControlError(error, reply));
  server.setNotFoundHandler((request, reply) =>
    reply.status(404).send({ error: 'refused', field: 'path', message: `no control answers ${request.method} here` }),
  );
  const done = { done: true };

  server.get('/events', async (request) => control.events(query(request)));
  server.post('/events', async (request) => control.addEvent(body(request)));
  server.post('/events/change', async (request) => control.changeEvent(body(request)));
  server.post('/events/move', async (request) => control.moveEvent(body(request)));
  server.post('/events/delete', async (request) => (control.deleteEvent(body(request)), done));
  server.get('/calendars', async (request) => control.calendars(query(request)));
  server.post('/calendars', async (request) => control.addCalendar(body(request)));
  server.post('/seed', async (request) => control.seed(body(request)));

  server.get('/accounts', async () => control.accounts());
  server.post('/accounts', async (request) => control.addAccount(body(request)));
  server.get('/tenants', async () => control.tenants());
  server.put('/tenant', async (request) => (control.changeTenant(body(request)), done));
  server.post('/consent', async (request) => control.consent(body(request)));
  server.post('/admin-consent', async (request) => control.adminConsent(body(request)));
  server.post('/expire-access-tokens', async (request) => control.expireAccessTokens(body(request)));
  server.post('/revoke-grants', async (request) => control.revokeGrants(body(request)));
  server.get('/token-faults', async () => control.tokenFaults());
  server.post('/token-faults', async (request) => (control.failTokens(body(request)), done));
  server.delete('/token-faults', async () => (control.clearTokenFaults(), done));
  server.get('/redirect-uris', async () => control.redirectUris());
  server.put('/redirect-uris', async (request) => control.setRedirectUris(body(request)));

  server.get('/clock', async () => control.now());
  server.post('/clock/advance', async (request) => control.advance(body(request)));
  server.get('/settings', async () => control.settings());
  server.put('/settings', async (request) => control.changeSettings(body(request)));
  server.get('/faults', async () => control.faults());
  server.post('/faults', async (request) => control.failNext(body(request)));
  server.delete('/faults', async () => (control.clearFaults(), done));
  server.post('/delta/invalidate', async (request) => (control.invalidateDeltaTokens(body(request)), done));
  server.post('/empty-page', async (request) => (control.nextPageEmpty(body(request)), done));
  server.get('/throttle', async () => control.throttle());
  server.delete('/throttle', async () => (control.forgetThrottle(), done));

  server.get('/subscriptions', async (request) => control.subscriptions(query(request)));
  server.post('/subscriptions/expire', async (request) => (control.expireSubscription(body(request)), done));
  server.post('/subscriptions/remove', async (request) => (control.removeSubscription(body(request)), done));
  server.post('/lifecycle', async (request) => control.sendLifecycle(body(request)));
  server.get('/notifications', async () => control.notifications());
  server.post('/notifications/hold', async () => (control.holdNotifications(), done));
  server.post('/notifications/release', async (request) => control.releaseNotifications(body(request)));
  server.post('/notifications/drop', async (request) => (control.dropNotifications(body(request)), done));
  server.post('/notifications/forge', async (request) => (control.forgeNotifications(body(request)), done));
  server.post('/notifications/repeat', async (request) => control.repeatNotification(body(request)).then(() => done));
  server.post('/notifications/settle', async () => control.notificationsSettled().then(() => done));

  server.get('/mails', async () => control.mails());
  server.delete('/mails', async () => (control.clearMails(), done));
  server.get('/calls', async () => control.calls());
  server.delete('/calls', async () => (control.clearCalls(), done));
  server.post('/reset', async () => control.reset().then(() => done));
}
