import type { FastifyInstance } from 'fastify';
import { answerControlError } from '../control-errors.js';
import type { CalendlyControl } from './control.js';

/** Whatever arrived: each control checks it against its own schema before believing any of it. */
const body = (request: { body: unknown }) => request.body as never;

/** Each control under its route. Bodies are checked by the control itself, whose word on a bad field is passed on. */
export function registerControlRoutes(server: FastifyInstance, control: CalendlyControl): void {
  server.setErrorHandler((error, _request, reply) => answerControlError(error, reply));
  server.setNotFoundHandler((request, reply) =>
    reply.status(404).send({ error: 'refused', field: 'path', message: `no control answers ${request.method} here` }),
  );
  const done = { done: true };

  server.get('/bookings', async () => control.bookings());
  server.post('/book', async (request) => control.book(body(request)));
  server.post('/move', async (request) => control.move(body(request)));
  server.post('/cancel', async (request) => control.cancel(body(request)));
  server.post('/no-show', async (request) => control.markNoShow(body(request)));
  server.post('/undo-no-show', async (request) => control.unmarkNoShow(body(request)));
  server.post('/push-location', async (request) => control.pushLocation(body(request)));
  server.post('/routing-form', async (request) => control.submitRoutingForm(body(request)));

  server.get('/accounts', async () => control.accounts());
  server.post('/accounts', async (request) => control.addAccount(body(request)));
  server.put('/account', async (request) => control.changeAccount(body(request)));
  server.post('/consent', async (request) => control.consent(body(request)));
  server.post('/personal-tokens', async (request) => control.issuePersonalToken(body(request)));
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

  server.get('/subscriptions', async () => control.subscriptions());
  server.get('/deliveries', async () => control.deliveries());
  server.post('/deliveries/hold', async () => (control.holdDeliveries(), done));
  server.post('/deliveries/release', async (request) => control.releaseDeliveries(body(request)));
  server.post('/deliveries/drop', async (request) => (control.dropDeliveries(body(request)), done));
  server.post('/deliveries/stale', async (request) => (control.staleDeliveries(body(request)), done));
  server.post('/deliveries/forge', async (request) => (control.forgeDeliveries(body(request)), done));
  server.post('/deliveries/repeat', async (request) => control.repeatDelivery(body(request)).then(() => done));
  server.post('/deliveries/settle', async () => control.deliveriesSettled().then(() => done));

  server.get('/calls', async () => control.calls());
  server.delete('/calls', async () => (control.clearCalls(), done));
  server.post('/seed', async (request) => control.seed(body(request)));
  server.post('/reset', async () => control.reset().then(() => done));
}
