import type { FastifyInstance } from 'fastify';
import { answerControlError } from '../control-errors.js';
import type { MailControl } from './control.js';

/** Each control under its route; the control itself checks what it was given. */
export function registerControlRoutes(server: FastifyInstance, control: MailControl): void {
  server.setErrorHandler((error, _request, reply) => answerControlError(error, reply));
  server.setNotFoundHandler((request, reply) =>
    reply.status(404).send({ error: 'refused', field: 'path', message: `no control answers ${request.method} here` }),
  );
  const done = { done: true };

  server.get('/mails', async (request) => control.mails(request.query as never));
  server.get<{ Params: { id: string } }>('/mails/:id', async (request) => control.mail(request.params.id));
  server.delete('/mails', async () => (control.clear(), done));
  server.get('/faults', async () => control.faults());
  server.post('/faults', async (request) => control.failNext(request.body as never));
  server.delete('/faults', async () => (control.clearFaults(), done));
  server.get('/connections', async () => control.connections());
  server.post('/reset', async () => (control.reset(), done));
}
