import { Controller, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentSession, type Session, sessionRequired } from '../accounts/index.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { requestInvalid } from '../platform/errors/platform.problems.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { RemovalDto, RemovalsQuery, toRemovalDto } from './dto/removal.dto.js';
import { SyncRunDto, toSyncRunDto } from './dto/sync-run.dto.js';
import { SyncApprovals } from './sync-approvals.js';
import { syncRunNotAwaiting, syncRunNotFound } from './sync.problems.js';

/** For the person whose calendar it is, and for administrators. */
@ApiTags('Calendars')
@ApiBearerAuth()
@Controller('api/sync-runs/:id')
export class SyncApprovalsController {
  constructor(private readonly approvals: SyncApprovals) {}

  @Get('removals')
  @ApiOperation({ summary: 'What a reading that needs approval would remove' })
  @ApiOkResponse({ type: [RemovalDto] })
  @ApiProblems(requestInvalid, sessionRequired, syncRunNotFound, syncRunNotAwaiting)
  async listRemovals(
    @CurrentSession() session: Session,
    @Param('id', IdPipe) id: string,
    @Query() { limit }: RemovalsQuery,
  ): Promise<RemovalDto[]> {
    return (await this.approvals.listRemovals(session, id, limit)).map(toRemovalDto);
  }

  @Post('approve')
  @HttpCode(200)
  @ApiOperation({ summary: 'Remove what was listed; answers the reading that follows' })
  @ApiOkResponse({ type: SyncRunDto })
  @ApiProblems(requestInvalid, sessionRequired, syncRunNotFound, syncRunNotAwaiting)
  async approve(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<SyncRunDto> {
    return toSyncRunDto(await this.approvals.approve(session, id));
  }

  @Post('reject')
  @HttpCode(200)
  @ApiOperation({ summary: 'Remove nothing' })
  @ApiOkResponse({ type: SyncRunDto })
  @ApiProblems(requestInvalid, sessionRequired, syncRunNotFound, syncRunNotAwaiting)
  async reject(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<SyncRunDto> {
    return toSyncRunDto(await this.approvals.reject(session, id));
  }
}
