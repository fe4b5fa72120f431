import { Controller, Get, Headers, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { PlatformConfig } from '../config/platform.config.js';
import { equalDigests, sha256 } from '../crypto/hashing.js';
import { routeNotFound } from '../errors/platform.problems.js';
import { Problem } from '../errors/problem.js';
import { Public } from '../http/public-route.js';
import { EventLog } from '../logging/event-log.js';
import { BacklogMetrics } from './backlog-metrics.js';
import { Metrics } from './metrics.js';

/** For Prometheus. With METRICS_TOKEN set, it shows itself only to whoever knows it. */
@ApiExcludeController()
@Public()
@Controller('metrics')
export class MetricsController {
  constructor(
    private readonly metrics: Metrics,
    private readonly backlog: BacklogMetrics,
    private readonly log: EventLog,
    private readonly config: PlatformConfig,
  ) {}

  @Get()
  async read(@Headers('authorization') authorization: string | undefined, @Res() reply: FastifyReply): Promise<void> {
    const { metricsToken } = this.config;
    if (metricsToken !== undefined && !equalDigests(sha256(authorization ?? ''), sha256(`Bearer ${metricsToken}`))) {
      throw new Problem(routeNotFound);
    }
    // Without its database the process still has figures of its own to show, and now is when they are wanted.
    await this.backlog.refresh().catch((error: unknown) => this.log.failure('metrics.backlog_unread', error));
    await reply.type(this.metrics.registry.contentType).send(await this.metrics.registry.metrics());
  }
}
