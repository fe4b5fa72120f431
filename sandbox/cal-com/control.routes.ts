import type { FastifyInstance } from 'fastify';
import { answerControlError } from '../control-errors.js';
import type { CalComControl } from './control.js';

/** Whatever arrived: each control checks it against its own schema before believing any of it. */
const body = (request: { body: unknown }) => request.body as never;

/** Each control under its route. Bodies are checked by the control itself, whose word on a bad field is passed on. */
export function registerControlRoutes(server: FastifyInstance, control: CalComControl): void {
  server.setErrorHandler((error, _request, reply) => answerControlError(error, reply));
  server.setNotFoundHandler((request, reply) =>
    reply.status(404).send({ error: 'refused', field: 'path', message: `no control answers ${request.method} here` }),
  );
  const done = { done: true };

  server.get('/bookings', async () => control.bookings());
  server.post('/book', async (request) => control.book(body(request)));
  server.post('/request', async (request) => control.request(body(request)));
  server.post('/confirm', async (request) => control.confirm(body(request)));
  server.post('/reject', async (request) => control.reject(body(request)));
  server.post('/move', async (request) => control.move(body(request)));
  server.post('/request-reschedule', async (request) => control.requestReschedule(body(request)));
  server.post('/cancel', async (request) => control.cancel(body(request)));
  server.post('/no-show', async (request) => control.markNoShow(body(request)));
  server.post('/undo-no-show', async (request) => control.unmarkNoShow(body(request)));
  server.post('/seed', async (request) => control.seed(body(request)));

  server.get('/accounts', async () => control.accounts());
  server.post('/accounts', async (request) => control.addAccount(body(request)));
  server.get('/managed-users', async () => control.managedUsers());
  server.post('/event-types', async (request) => control.addEventType(body(request)));

  server.post('/consent', async (request) => control.consent(body(request)));
  server.post('/calendar-consent', async (request) => control.consentToCalendar(body(request)));
  server.post('/api-keys', async (request) => control.issueApiKey(body(request)));
  server.post('/expire-tokens', async (request) => control.expireTokens(body(request)));
  server.post('/revoke', async (request) => control.revoke(body(request)));
  server.put('/permissions', async (request) => (control.setPermissions(body(request)), done));
  server.post('/platform-gone', async (request) => control.platformGone(body(request)));
  server.get('/redirect-uris', async () => control.redirectUris());
  server.put('/redirect-uris', async (request) => control.setRedirectUris(body(request)));

  server.get('/credentials', async () => control.credentials());
  server.post('/kill-credential', async (request) => control.killCredential(body(request)));
  server.post('/busy-times', async (request) => (control.addBusyTime(body(request)), done));

  server.get('/clock', async () => control.now());
  server.post('/clock/advance', async (request) => control.advance(body(request)));
  server.get('/settings', async () => control.settings());
  server.put('/settings', async (request) => control.changeSettings(body(request)));
  server.get('/faults', async () => control.faults());
  server.post('/faults', async (request) => control.failNext(body(request)));
  server.delete('/faults', async () => (control.clearFaults(), done));

  server.get('/webhooks', async () => control.webhooks());
  server.get('/deliveries', async () => control.deliveries());
  server.post('/deliveries/hold', async () => (control.holdDeliveries(), done));
  server.post('/deliveries/release', async (request) => control.releaseDeliveries(body(request)));
  server.post('/deliveries/drop', async (request) => (control.dropDeliveries(body(request)), done));
  server.post('/deliveries/forge', async (request) => (control.forgeDeliveries(body(request)), done));
  server.post('/deliveries/repeat', async (request) => control.repeatDelivery(body(request)).then(() => done));
  server.post('/deliveries/settle', async () => control.deliveriesSettled().then(() => done));

  server.get('/calls', async () => control.calls());
  server.delete('/calls', async () => (control.clearCalls(), done));
  server.post('/reset', async () => control.reset().then(() => done));
}
