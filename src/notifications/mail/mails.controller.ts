import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  CurrentSession,
  RequiresRole,
  roleRequired,
  type Session,
  sessionInvalid,
  sessionRequired,
} from '../../accounts/index.js';
import { ApiProblems } from '../../platform/errors/api-problems.decorator.js';
import { cursorInvalid, requestInvalid } from '../../platform/errors/platform.problems.js';
import { IdPipe } from '../../platform/http/id.pipe.js';
import { setNextLink } from '../../platform/http/paging.js';
import { ListMailsQuery } from './dto/list-mails.query.js';
import { ShowMailQuery } from './dto/show-mail.query.js';
import { MailDetailDto } from './dto/mail-detail.dto.js';
import { MailDto } from './dto/mail.dto.js';
import { toMailDetailDto, toMailDto } from './mails.mapper.js';
import { mailContentGone, mailNotFound, mailNotResendable, mailServerMissing } from './mails.problems.js';
import { Mails } from './mails.service.js';

@ApiTags('E-mail')
@ApiBearerAuth()
@RequiresRole('admin')
@ApiProblems(requestInvalid, sessionRequired, sessionInvalid, roleRequired)
@Controller('api/mails')
export class MailsController {
  constructor(private readonly mails: Mails) {}

  @Get()
  @ApiOperation({ summary: 'What was written to whom, and what became of it, newest first' })
  @ApiOkResponse({ type: [MailDto] })
  @ApiProblems(requestInvalid, cursorInvalid)
  async list(
    @CurrentSession() session: Session,
    @Query() { state, booking_id, notification_id, limit, cursor }: ListMailsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<MailDto[]> {
    const { mails, nextCursor } = await this.mails.list(session, {
      state,
      bookingId: booking_id,
      notificationId: notification_id,
      limit,
      cursor,
    });
    setNextLink(reply, request, nextCursor);
    return mails.map(toMailDto);
  }

  @Get(':id')
  @ApiOperation({ summary: 'One mail, with a preview of what it says, in its language or in the other' })
  @ApiOkResponse({ type: MailDetailDto })
  @ApiProblems(mailNotFound)
  async get(
    @CurrentSession() session: Session,
    @Param('id', IdPipe) id: string,
    @Query() { locale }: ShowMailQuery,
  ): Promise<MailDetailDto> {
    return toMailDetailDto(await this.mails.get(session, id, locale));
  }

  @Post(':id/resend')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Try a mail once more that was refused, given up or never sent',
    description: 'It keeps its Message-ID: a mail server that had taken it after all can tell.',
  })
  @ApiOkResponse({ type: MailDetailDto })
  @ApiProblems(mailNotFound, mailNotResendable, mailContentGone, mailServerMissing)
  async resend(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<MailDetailDto> {
    return toMailDetailDto(await this.mails.resend(session, id));
  }
}
