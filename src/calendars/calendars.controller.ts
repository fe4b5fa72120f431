import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, Query, Req, Res } from '@nestjs/common';
import { ApiBearerAuth, ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentSession, type Session, sessionRequired } from '../accounts/index.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { cursorInvalid, requestInvalid } from '../platform/errors/platform.problems.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { setNextLink } from '../platform/http/paging.js';
import { requestContext } from '../platform/logging/request-context.js';
import { CalendarAccounts } from './calendar-accounts.js';
import { CalendarEvents } from './calendar-events.js';
import { CalendarTypes } from './calendar-types.js';
import { calendarNotConnected, calendarTypeUnknown, calendarUnknown, conflictNotFound } from './calendars.problems.js';
import { CopyConflicts } from './copy-conflicts.js';
import {
  CalendarAccountDto,
  CalendarChoiceDto,
  CalendarDisconnectedDto,
  DisconnectCalendarQuery,
  PatchCalendarSettingsDto,
  toCalendarAccountDto,
  toCalendarChoiceDto,
} from './dto/calendar-account.dto.js';
import { CalendarEventDto, CalendarEventsQuery, toCalendarEventDto } from './dto/calendar-event.dto.js';
import { CalendarTypeQuery } from './dto/calendar-type.query.js';
import { CopyConflictDto, ResolveConflictDto, toCopyConflictDto } from './dto/copy-conflict.dto.js';

@ApiTags('Calendars')
@ApiBearerAuth()
@Controller('api/calendar-integration')
export class CalendarsController {
  constructor(
    private readonly accounts: CalendarAccounts,
    private readonly events: CalendarEvents,
    private readonly conflicts: CopyConflicts,
    private readonly types: CalendarTypes,
  ) {}

  @Get('integrations')
  @ApiOperation({ summary: 'The calendars I have connected, and those I could' })
  @ApiOkResponse({ type: [CalendarAccountDto] })
  @ApiProblems(sessionRequired)
  async list(@CurrentSession() session: Session): Promise<CalendarAccountDto[]> {
    return (await this.accounts.list(session)).map((account) => toCalendarAccountDto(account, locale()));
  }

  @Put('integrations/:type/settings')
  @ApiOperation({ summary: 'What my calendar is used for; switches that are not given stay as they are' })
  @ApiParam({ name: 'type', example: 'google' })
  @ApiOkResponse({ type: CalendarAccountDto })
  @ApiProblems(requestInvalid, sessionRequired, calendarTypeUnknown, calendarNotConnected, calendarUnknown)
  async patchSettings(
    @CurrentSession() session: Session,
    @Param('type') type: string,
    @Body() body: PatchCalendarSettingsDto,
  ): Promise<CalendarAccountDto> {
    return toCalendarAccountDto(await this.accounts.patchSettings(session, type, body), locale());
  }

  @Delete('integrations/:type')
  @HttpCode(200)
  @ApiOperation({ summary: 'End the connection; formations already in the calendar stay there' })
  @ApiParam({ name: 'type', example: 'google' })
  @ApiOkResponse({ type: CalendarDisconnectedDto })
  @ApiProblems(requestInvalid, sessionRequired, calendarTypeUnknown)
  async disconnect(
    @CurrentSession() session: Session,
    @Param('type') type: string,
    @Query() { data }: DisconnectCalendarQuery,
  ): Promise<CalendarDisconnectedDto> {
    return { success: true, ...(await this.accounts.disconnect(session, type, { erase: data === 'erase' })) };
  }

  @Get('calendars')
  @ApiOperation({ summary: 'The calendars of my connected accounts to choose from; of all of them, or of one type' })
  @ApiOkResponse({ type: [CalendarChoiceDto] })
  @ApiProblems(requestInvalid, sessionRequired, calendarTypeUnknown, calendarNotConnected)
  async listChoices(
    @CurrentSession() session: Session,
    @Query() { type }: CalendarTypeQuery,
  ): Promise<CalendarChoiceDto[]> {
    const types = type === undefined ? await this.accounts.listConnectedTypes(session) : [type];
    const choices = await Promise.all(
      types.map(async (one) =>
        (await this.accounts.listChoices(session, one)).map((choice) => toCalendarChoiceDto(choice, one)),
      ),
    );
    return choices.flat();
  }

  @Get('events')
  @ApiOperation({ summary: 'Events imported from my calendars, by their beginning' })
  @ApiOkResponse({ type: [CalendarEventDto] })
  @ApiProblems(requestInvalid, cursorInvalid, sessionRequired, calendarTypeUnknown)
  async listEvents(
    @CurrentSession() session: Session,
    @Query() { type, ...query }: CalendarEventsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CalendarEventDto[]> {
    const providerId = type === undefined ? undefined : this.types.get(type).id;
    const { events, nextCursor } = await this.events.list(session, { ...query, providerId });
    setNextLink(reply, request, nextCursor);
    const typeOf = new Map(this.types.list().map(({ id, calendar }) => [id, calendar.type]));
    return events.map((event) => toCalendarEventDto(event, typeOf.get(event.provider) ?? event.provider));
  }

  @Get('conflicts')
  @ApiOperation({ summary: 'Sessions that were edited here and in a calendar, not to the same effect' })
  @ApiOkResponse({ type: [CopyConflictDto] })
  @ApiProblems(sessionRequired)
  async listConflicts(@CurrentSession() session: Session): Promise<CopyConflictDto[]> {
    return (await this.conflicts.listOpen(session)).map(toCopyConflictDto);
  }

  @Post('conflicts/:id/resolve')
  @HttpCode(204)
  @ApiOperation({ summary: 'Decide which version holds; it goes to every calendar' })
  @ApiNoContentResponse()
  @ApiProblems(requestInvalid, sessionRequired, conflictNotFound)
  resolve(
    @CurrentSession() session: Session,
    @Param('id', IdPipe) id: string,
    @Body() { keep }: ResolveConflictDto,
  ): Promise<void> {
    return this.conflicts.resolve(session, id, keep);
  }
}

function locale() {
  return requestContext.get()?.locale ?? 'fr';
}
