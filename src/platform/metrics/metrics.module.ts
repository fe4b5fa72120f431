import { Global, Injectable, Module, type OnModuleInit } from '@nestjs/common';
import { EgressClient } from '../egress/egress.client.js';
import { JobMetrics, type JobOutcome } from '../jobs/job-metrics.js';
import { BacklogMetrics } from './backlog-metrics.js';
import { Metrics } from './metrics.js';
import { MetricsController } from './metrics.controller.js';

@Injectable()
class JobHistogram extends JobMetrics {
  constructor(private readonly metrics: Metrics) {
    super();
  }

  override observe(task: string, outcome: JobOutcome, seconds: number): void {
    this.metrics.jobs.observe({ task, outcome }, seconds);
  }
}

@Global()
@Module({
  controllers: [MetricsController],
  providers: [Metrics, BacklogMetrics, { provide: JobMetrics, useClass: JobHistogram }],
  exports: [Metrics, JobMetrics],
})
export class MetricsModule implements OnModuleInit {
  constructor(
    private readonly metrics: Metrics,
    private readonly egress: EgressClient,
  ) {}

  onModuleInit(): void {
    this.egress.observe(({ provider, method, route, status, durationMs }) =>
      this.metrics.providerCalls.observe({ provider, operation: `${method} ${route}`, status }, durationMs / 1_000),
    );
  }
}
