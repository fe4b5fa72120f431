import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentSession, type Session, sessionRequired } from '../accounts/index.js';
import { integrationNotFound, providerReauthorize } from '../integrations/index.js';
import { Clock } from '../platform/clock/clock.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { requestInvalid } from '../platform/errors/platform.problems.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { requestContext } from '../platform/logging/request-context.js';
import { ConnectionActions } from './connection-actions.js';
import { Connections } from './connections.service.js';
import { ConnectionDetailDto, toConnectionDetailDto } from './dto/connection-detail.dto.js';
import {
  ConnectionEndedDto,
  ConnectionSyncDto,
  EndConnectionQuery,
  SyncConnectionQuery,
} from './dto/connection-orders.dto.js';
import { ConnectionDto, toConnectionDto } from './dto/connection.dto.js';

@ApiTags('Connections')
@ApiBearerAuth()
@Controller('api/integrations')
export class ConnectionsController {
  constructor(
    private readonly connections: Connections,
    private readonly actions: ConnectionActions,
    private readonly clock: Clock,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Every provider with the accounts I may see there, and how each of them is' })
  @ApiOkResponse({ type: [ConnectionDto] })
  @ApiProblems(sessionRequired)
  async list(@CurrentSession() session: Session): Promise<ConnectionDto[]> {
    const connections = await this.connections.list(session);
    return connections.map((connection) => toConnectionDto(connection, locale(), this.clock.now()));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One connection with its permissions, access, channel and last readings' })
  @ApiOkResponse({ type: ConnectionDetailDto })
  @ApiProblems(requestInvalid, sessionRequired, integrationNotFound)
  get(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<ConnectionDetailDto> {
    return this.describe(session, id);
  }

  @Post(':id/pause')
  @HttpCode(200)
  @ApiOperation({ summary: 'Nothing comes in by itself until it is resumed' })
  @ApiOkResponse({ type: ConnectionDetailDto })
  @ApiProblems(requestInvalid, sessionRequired, integrationNotFound)
  async pause(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<ConnectionDetailDto> {
    await this.actions.pause(session, id);
    return this.describe(session, id);
  }

  @Post(':id/resume')
  @HttpCode(200)
  @ApiOperation({ summary: 'End a pause; what happened meanwhile is read at once' })
  @ApiOkResponse({ type: ConnectionDetailDto })
  @ApiProblems(requestInvalid, sessionRequired, integrationNotFound)
  async resume(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<ConnectionDetailDto> {
    await this.actions.resume(session, id);
    return this.describe(session, id);
  }

  @Post(':id/sync')
  @HttpCode(202)
  @ApiOperation({ summary: 'Read the account now, what changed or all of it' })
  @ApiAcceptedResponse({ type: ConnectionSyncDto })
  @ApiProblems(requestInvalid, sessionRequired, integrationNotFound, providerReauthorize)
  async sync(
    @CurrentSession() session: Session,
    @Param('id', IdPipe) id: string,
    @Query() { mode }: SyncConnectionQuery,
  ): Promise<ConnectionSyncDto> {
    const run = await this.actions.synchronize(session, id, { anew: mode === 'full' });
    return { success: true, run_id: run.id };
  }

  @Post(':id/disconnect')
  @HttpCode(200)
  @ApiOperation({ summary: 'End the connection, also when its access has ended already; history stays' })
  @ApiOkResponse({ type: ConnectionEndedDto })
  @ApiProblems(requestInvalid, sessionRequired, integrationNotFound)
  async disconnect(
    @CurrentSession() session: Session,
    @Param('id', IdPipe) id: string,
    @Query() { data }: EndConnectionQuery,
  ): Promise<ConnectionEndedDto> {
    const erased = await this.actions.disconnect(session, id, { erase: data === 'erase' });
    return { success: true, erased_events: erased };
  }

  private async describe(session: Session, id: string): Promise<ConnectionDetailDto> {
    return toConnectionDetailDto(await this.connections.get(session, id), locale(), this.clock.now());
  }
}

function locale() {
  return requestContext.get()?.locale ?? 'fr';
}
