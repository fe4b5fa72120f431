import { Controller, Get, Param, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentSession, RequiresRole, roleRequired, type Session, sessionRequired } from '../accounts/index.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { cursorInvalid, requestInvalid } from '../platform/errors/platform.problems.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { decodeIdCursor, encodeCursor, setNextLink } from '../platform/http/paging.js';
import { ListSyncRunsQuery } from './dto/list-sync-runs.query.js';
import { SyncRunDetailDto, toSyncRunDetailDto } from './dto/sync-run-detail.dto.js';
import { SyncRunDto, toSyncRunDto } from './dto/sync-run.dto.js';
import { syncRunNotFound } from './sync.problems.js';
import { Sync } from './sync.service.js';

@ApiTags('Exploitation')
@ApiBearerAuth()
@RequiresRole('admin')
@Controller('api/sync-runs')
export class SyncController {
  constructor(private readonly sync: Sync) {}

  @Get()
  @ApiOperation({ summary: 'Readings of connected accounts, newest first' })
  @ApiOkResponse({ type: [SyncRunDto] })
  @ApiProblems(requestInvalid, cursorInvalid, sessionRequired, roleRequired)
  async list(
    @CurrentSession() session: Session,
    @Query() { limit, cursor, ...filter }: ListSyncRunsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SyncRunDto[]> {
    const runs = await this.sync.list(session, limit + 1, decodeIdCursor(cursor), filter);
    const page = runs.slice(0, limit);
    setNextLink(reply, request, runs.length > limit ? encodeCursor([page.at(-1)!.id]) : null);
    return page.map(toSyncRunDto);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One reading: what started it, what it did and found, how it ended' })
  @ApiOkResponse({ type: SyncRunDetailDto })
  @ApiProblems(requestInvalid, sessionRequired, roleRequired, syncRunNotFound)
  async get(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<SyncRunDetailDto> {
    const run = await this.sync.get(session, id);
    return toSyncRunDetailDto(run, await this.sync.findNextAt(session, run));
  }
}
