import { Injectable } from '@nestjs/common';
import { HealthIndicatorService, type HealthIndicatorResult } from '@nestjs/terminus';
import { PlatformConfig } from '../config/platform.config.js';
import { JobWorker } from '../jobs/index.js';

@Injectable()
export class WorkerHealth {
  constructor(
    private readonly indicators: HealthIndicatorService,
    private readonly config: PlatformConfig,
    private readonly worker: JobWorker,
  ) {}

  check(): HealthIndicatorResult {
    const indicator = this.indicators.check('worker');
    if (!this.config.runsJobs || this.worker.state === 'running') return indicator.up({ state: this.worker.state });
    return indicator.down({ state: this.worker.state });
  }
}
