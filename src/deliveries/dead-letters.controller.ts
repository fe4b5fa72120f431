import { Body, Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  AuditTrail,
  CurrentSession,
  RequiresRole,
  roleRequired,
  type Session,
  sessionRequired,
} from '../accounts/index.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { bodyMalformed, cursorInvalid, requestInvalid } from '../platform/errors/platform.problems.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { setNextLink } from '../platform/http/paging.js';
import { PROCESS_DELIVERIES } from './delivery-inbox.js';
import { deadLetterNotFound, DeadLetters, deadLetterTaskUnknown } from '../platform/jobs/index.js';
import { reopenParked } from './delivery-replay.js';
import { ReplayDeadLettersDto, ReplayedDto } from './dto/replay.dto.js';
import { demandCriterion } from './replay-criteria.js';
import { DeadLetterActionDto, DeadLetterDto, DeadLettersQuery, toDeadLetterDto } from './dto/dead-letter.dto.js';

@ApiTags('Exploitation')
@ApiBearerAuth()
@RequiresRole('admin')
@Controller('api/dead-letters')
export class DeadLettersController {
  constructor(
    private readonly work: UnitOfWork,
    private readonly deadLetters: DeadLetters,
    private readonly audit: AuditTrail,
  ) {}

  @Get()
  @ApiOperation({ summary: 'Work that was given up, newest first' })
  @ApiOkResponse({ type: [DeadLetterDto] })
  @ApiProblems(requestInvalid, cursorInvalid, sessionRequired, roleRequired)
  async list(
    @CurrentSession() session: Session,
    @Query() query: DeadLettersQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DeadLetterDto[]> {
    const { letters, cursor } = await this.work.inOrganization(session, (tx) => this.deadLetters.list(tx, query));
    setNextLink(reply, request, cursor);
    return letters.map(toDeadLetterDto);
  }

  @Post('replay')
  @HttpCode(202)
  @ApiOperation({
    summary: 'Try many again: by task, by error, or since a time',
    description: 'At least one criterion is needed. Letters of tasks that this version does not know stay.',
  })
  @ApiAcceptedResponse({ type: ReplayedDto, description: 'They are being worked through, oldest first' })
  @ApiProblems(bodyMalformed, requestInvalid, sessionRequired, roleRequired)
  async replayMany(@CurrentSession() session: Session, @Body() body: ReplayDeadLettersDto): Promise<ReplayedDto> {
    demandCriterion(body);
    const { task, error_code: errorCode, since } = body;
    let count = 0;
    // Each round in a transaction of its own: a long one would hold up the work it calls for.
    for (let replayed = -1; replayed !== 0; count += replayed) {
      replayed = await this.work.inOrganization(session, async (tx) => {
        if (task === undefined || task === PROCESS_DELIVERIES) await reopenParked(tx, { errorCode, since });
        return await this.deadLetters.replayMany(tx, { task, errorCode, parkedSince: since });
      });
    }
    await this.work.inOrganization(session, (tx) =>
      this.audit.record(tx, {
        actor: { type: 'user', id: session.userId },
        action: 'dead_letter.replayed_many',
        object: { type: 'dead_letter' },
        outcome: 'success',
        details: { count, task: task ?? null, error_code: errorCode ?? null, since: since?.toISOString() ?? null },
      }),
    );
    return { success: true, count };
  }

  @Post(':id/replay')
  @HttpCode(200)
  @ApiOperation({ summary: 'Try the work again; a second replay has no effect' })
  @ApiOkResponse({ type: DeadLetterActionDto })
  @ApiProblems(requestInvalid, sessionRequired, roleRequired, deadLetterNotFound, deadLetterTaskUnknown)
  replay(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<DeadLetterActionDto> {
    return this.act(session, id, 'replay');
  }

  @Post(':id/discard')
  @HttpCode(200)
  @ApiOperation({ summary: 'Give the work up for good' })
  @ApiOkResponse({ type: DeadLetterActionDto })
  @ApiProblems(requestInvalid, sessionRequired, roleRequired, deadLetterNotFound)
  discard(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<DeadLetterActionDto> {
    return this.act(session, id, 'discard');
  }

  private act(session: Session, id: string, action: 'replay' | 'discard'): Promise<DeadLetterActionDto> {
    return this.work.inOrganization(session, async (tx) => {
      if (action === 'replay') await reopenParked(tx, { letterId: id });
      const changed = await this.deadLetters[action](tx, id);
      await this.audit.record(tx, {
        actor: { type: 'user', id: session.userId },
        action: `dead_letter.${action}ed`,
        object: { type: 'dead_letter', id },
        outcome: 'success',
      });
      return { success: true, changed };
    });
  }
}
