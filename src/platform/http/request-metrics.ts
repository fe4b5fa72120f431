import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import type { Metrics } from '../metrics/metrics.js';

/** Times every answer by its route template: never by its address, which holds ids and tokens. */
export function measureRequests(app: NestFastifyApplication, metrics: Metrics): void {
  const server: FastifyInstance = app.getHttpAdapter().getInstance();
  server.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown';
    metrics.requests.observe({ method: request.method, route, status: reply.statusCode }, reply.elapsedTime / 1_000);
    done();
  });
}
