import { Controller, Get, HttpCode, Param, Post, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentSession, type Session, sessionInvalid, sessionRequired } from '../accounts/index.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { cursorInvalid, requestInvalid } from '../platform/errors/platform.problems.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { setNextLink } from '../platform/http/paging.js';
import { AllReadDto } from './dto/all-read.dto.js';
import { ListGroupsQuery } from './dto/list-groups.query.js';
import { ListNotificationsQuery } from './dto/list-notifications.query.js';
import { NotificationDto } from './dto/notification.dto.js';
import { NotificationGroupDto } from './dto/notification-group.dto.js';
import { ReadAllQuery } from './dto/read-all.query.js';
import { UnreadCountDto } from './dto/unread-count.dto.js';
import { NotificationInbox } from './notification-inbox.js';
import { toNotificationDto, toNotificationGroupDto } from './notifications.mapper.js';
import { notificationNotFound } from './notifications.problems.js';

@ApiTags('Notifications')
@ApiBearerAuth()
@ApiProblems(sessionRequired, sessionInvalid)
@Controller('api/notifications')
export class NotificationsController {
  constructor(private readonly inbox: NotificationInbox) {}

  @Get()
  @ApiOperation({
    summary: 'What the caller was told, newest first',
    description:
      'With `after`, oldest first: what was told since a notification the client has. Socket messages are hints; ' +
      'this list is complete. The next page is announced by a `Link: <…>; rel="next"` header.',
  })
  @ApiOkResponse({ type: [NotificationDto] })
  @ApiProblems(requestInvalid, cursorInvalid, notificationNotFound)
  async list(
    @CurrentSession() session: Session,
    @Query() query: ListNotificationsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<NotificationDto[]> {
    const { entries, nextCursor } = await this.inbox.list(session, query);
    setNextLink(reply, request, nextCursor);
    return entries.map(toNotificationDto);
  }

  @Get('groups')
  @ApiOperation({
    summary: 'The same in groups: one line for each kind and day',
    description: 'Of the last 30 days, whatever was told last first; `GET /api/notifications?kind=…` opens a group.',
  })
  @ApiOkResponse({ type: [NotificationGroupDto] })
  @ApiProblems(requestInvalid)
  async listGroups(
    @CurrentSession() session: Session,
    @Query() { limit }: ListGroupsQuery,
  ): Promise<NotificationGroupDto[]> {
    return (await this.inbox.listGroups(session, limit)).map(toNotificationGroupDto);
  }

  @Get('unread-count')
  @ApiOperation({ summary: 'How much the caller has not read' })
  @ApiOkResponse({ type: UnreadCountDto })
  async countUnread(@CurrentSession() session: Session): Promise<UnreadCountDto> {
    return { count: await this.inbox.countUnread(session) };
  }

  @Post('read-all')
  @HttpCode(200)
  @ApiOperation({ summary: 'Mark everything, or everything of one kind, as read by the caller' })
  @ApiOkResponse({ type: AllReadDto })
  @ApiProblems(requestInvalid)
  async markAllRead(@CurrentSession() session: Session, @Query() { kind }: ReadAllQuery): Promise<AllReadDto> {
    return { updated: await this.inbox.markAllRead(session, kind) };
  }

  @Post(':id/read')
  @HttpCode(200)
  @ApiOperation({ summary: 'Mark one notification as read by the caller; again changes nothing' })
  @ApiOkResponse({ type: NotificationDto })
  @ApiProblems(requestInvalid, notificationNotFound)
  async markRead(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<NotificationDto> {
    return toNotificationDto(await this.inbox.markRead(session, id));
  }
}
