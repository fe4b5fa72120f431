import { Controller, Get, Header } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { HealthCheckService, type HealthCheckResult } from '@nestjs/terminus';
import { ApiProblems } from '../errors/api-problems.decorator.js';
import { storageUnavailable } from '../errors/platform.problems.js';
import { Public } from '../http/public-route.js';
import { DatabaseHealth } from './database.health.js';
import { LiveDto, ReadyDto } from './health.dto.js';
import { WorkerHealth } from './worker.health.js';

@ApiTags('Exploitation')
@Public()
@Controller('health')
export class HealthController {
  constructor(
    private readonly health: HealthCheckService,
    private readonly database: DatabaseHealth,
    private readonly worker: WorkerHealth,
  ) {}

  @Get('live')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: LiveDto })
  @ApiOperation({ summary: 'The process answers; touches nothing else' })
  live(): LiveDto {
    return { status: 'ok' };
  }

  @Get('ready')
  @Header('cache-control', 'no-store')
  @ApiOkResponse({ type: ReadyDto, description: 'Every part with its state' })
  @ApiProblems(storageUnavailable)
  @ApiOperation({ summary: 'The process can do its work: database reachable, jobs running where they should' })
  ready(): Promise<HealthCheckResult> {
    return this.health.check([() => this.database.check(), () => this.worker.check()]);
  }
}
