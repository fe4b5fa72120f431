import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
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
import { cursorInvalid, requestInvalid } from '../platform/errors/platform.problems.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { setNextLink } from '../platform/http/paging.js';
import { deadLetterNotFound, DeadLetters, deadLetterTaskUnknown } from '../platform/jobs/index.js';
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
