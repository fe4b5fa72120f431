import { Injectable } from '@nestjs/common';
import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';

/** Every figure the process publishes, in one place, so that names and labels stay few and alike. */
@Injectable()
export class Metrics {
  readonly registry = new Registry();

  readonly requests = new Histogram({
    name: 'passerelle_http_request_seconds',
    help: 'Time to answer, by route template and status',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.005, 0.02, 0.05, 0.1, 0.25, 1, 3],
    registers: [this.registry],
  });

  readonly jobs = new Histogram({
    name: 'passerelle_job_seconds',
    help: 'Time of a job, by task and outcome (finished, failed, parked, deferred)',
    labelNames: ['task', 'outcome'],
    buckets: [0.01, 0.05, 0.25, 1, 5, 30],
    registers: [this.registry],
  });

  readonly providerCalls = new Histogram({
    name: 'passerelle_provider_call_seconds',
    help: 'Time of a call to a provider, by status (0: no answer)',
    labelNames: ['provider', 'operation', 'status'],
    buckets: [0.05, 0.2, 1, 5, 10],
    registers: [this.registry],
  });

  readonly sockets = new Gauge({
    name: 'passerelle_sockets_connected',
    help: 'Browsers connected to this instance',
    registers: [this.registry],
  });

  readonly deliveries = new Counter({
    name: 'passerelle_deliveries_total',
    help: 'Webhook deliveries, by provider and answer (accepted, repeated, refused)',
    labelNames: ['provider', 'answer'],
    registers: [this.registry],
  });

  constructor() {
    collectDefaultMetrics({ register: this.registry, prefix: 'passerelle_' });
  }
}
