import { describe, expect, it } from '@jest/globals';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import Fastify from 'fastify';
import { Metrics } from '../metrics/metrics.js';
import { measureRequests } from './request-metrics.js';

describe('the timing of requests', () => {
  it('counts by method, route template and status, never by address', async () => {
    const server = Fastify();
    const metrics = new Metrics();
    measureRequests(
      { getHttpAdapter: () => ({ getInstance: () => server }) } as unknown as NestFastifyApplication,
      metrics,
    );
    server.post('/api/calendly/webhook/:token', () => ({ received: true }));

    await server.inject({ method: 'POST', url: '/api/calendly/webhook/hunter2' });
    await server.inject({ method: 'POST', url: '/api/calendly/webhook/hunter3?x=hunter4' });
    await server.inject({ method: 'GET', url: '/hunter5' });

    const { values } = await metrics.requests.get();
    const counts = values.filter(({ metricName }) => metricName?.endsWith('_count'));
    expect(counts.map(({ labels: { method, route, status }, value }) => ({ method, route, status, value }))).toEqual([
      { method: 'POST', route: '/api/calendly/webhook/:token', status: 200, value: 2 },
      { method: 'GET', route: 'unknown', status: 404, value: 1 },
    ]);
    expect(await metrics.registry.metrics()).not.toContain('hunter');
    await server.close();
  });
});
