import { describe, expect, it } from '@jest/globals';
import type { FastifyReply } from 'fastify';
import type { PlatformConfig } from '../config/platform.config.js';
import { EventLog } from '../logging/event-log.js';
import type { BacklogMetrics } from './backlog-metrics.js';
import { MetricsController } from './metrics.controller.js';
import { Metrics } from './metrics.js';

const TOKEN = 'a-token-of-the-operator';

describe('the figures for Prometheus', () => {
  function controller({
    metricsToken,
    databaseIsAway = false,
  }: { metricsToken?: string; databaseIsAway?: boolean } = {}) {
    const lines: string[] = [];
    const log = new EventLog({ logFormat: 'json', logLevel: 'debug' }, (line) => lines.push(line));
    const backlog = { refresh: () => (databaseIsAway ? Promise.reject(new Error('away')) : Promise.resolve()) };
    const metrics = new Metrics();
    const made = new MetricsController(metrics, backlog as BacklogMetrics, log, { metricsToken } as PlatformConfig);
    return { made, metrics, lines };
  }

  /** What was sent, and as what. */
  async function read(made: MetricsController, authorization?: string): Promise<{ type: string; text: string }> {
    const sent = { type: '', text: '' };
    const reply = {
      type: (type: string) =>
        Object.assign(reply, { ...sent, send: (text: string) => Object.assign(sent, { type, text }) }),
    };
    await made.read(authorization, reply as unknown as FastifyReply);
    return sent;
  }

  it('are open unless a token is set', async () => {
    const { made, metrics } = controller();
    metrics.deliveries.inc({ provider: 'calendly', answer: 'accepted' }, 2);
    const { type, text } = await read(made);
    expect(type).toContain('text/plain');
    expect(text).toContain('passerelle_deliveries_total{provider="calendly",answer="accepted"} 2');
    expect(text).toContain('passerelle_process_resident_memory_bytes');
  });

  it('show themselves to whoever knows the token', async () => {
    const { made } = controller({ metricsToken: TOKEN });
    expect((await read(made, `Bearer ${TOKEN}`)).text).toContain('passerelle_');
  });

  it.each([undefined, '', 'Bearer', 'Bearer wrong', TOKEN, `bearer ${TOKEN}`, `Bearer ${TOKEN} `])(
    'do not exist for somebody who comes with %j',
    async (authorization) => {
      const { made } = controller({ metricsToken: TOKEN });
      await expect(read(made, authorization)).rejects.toThrow('request/not-found');
    },
  );

  it('are shown without those of the database when it is away', async () => {
    const { made, lines } = controller({ databaseIsAway: true });
    expect((await read(made)).text).toContain('passerelle_process_resident_memory_bytes');
    expect(lines.map((line) => (JSON.parse(line) as { event: string }).event)).toEqual(['metrics.backlog_unread']);
  });
});
