import { Body, Controller, Get, HttpCode, Patch, Post, Query, Req, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiQuery, ApiTags } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import {
  CurrentSession,
  ForbidsWithoutSession,
  type Session,
  sessionMissing,
  sessionRequired,
} from '../accounts/index.js';
import { Bookings } from '../bookings/index.js';
import {
  CONNECT_PROBLEMS,
  ConnectCallbackDto,
  ConnectFlow,
  integrationNotFound,
  providerNotConfigured,
  tooManyStarts,
} from '../integrations/index.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { cursorInvalid, requestInvalid } from '../platform/errors/platform.problems.js';
import { setNextLink } from '../platform/http/paging.js';
import { requestContext } from '../platform/logging/request-context.js';
import { toSyncRunDto } from '../sync/index.js';
import { CALENDLY } from './calendly.profile.js';
import { CalendlyProvider } from './calendly.provider.js';
import { Calendly } from './calendly.service.js';
import { AuthUrlDto, CalendlyConnectedDto } from './dto/calendly-connected.dto.js';
import { CalendlyEventDto, CalendlyEventsQuery, toCalendlyEventDto } from './dto/calendly-event.dto.js';
import { CalendlySettingsDto } from './dto/calendly-settings.dto.js';
import { CalendlyStatusDto } from './dto/calendly-status.dto.js';
import { SuccessDto, SyncAcceptedDto, SyncFinishedDto } from './dto/calendly-sync.dto.js';

@ApiTags('Calendly')
@ApiBearerAuth()
@Controller('api/calendly')
export class CalendlyController {
  constructor(
    private readonly calendly: Calendly,
    private readonly connect: ConnectFlow,
    private readonly bookings: Bookings,
    private readonly provider: CalendlyProvider,
  ) {}

  @Get('auth-url')
  @ApiOperation({ summary: 'The address of Calendly’s consent page, to open in the browser' })
  @ApiOkResponse({ type: AuthUrlDto })
  @ApiProblems(sessionRequired, providerNotConfigured, tooManyStarts)
  authUrl(@CurrentSession() session: Session): Promise<AuthUrlDto> {
    return this.connect.begin(session, CALENDLY.id);
  }

  /** Existing front ends post to `/auth/calendly/callback`, which leads here. */
  @Post('callback')
  @HttpCode(200)
  @ForbidsWithoutSession()
  @ApiOperation({ summary: 'Finish connecting: what Calendly’s redirect brought, posted by the front end' })
  @ApiOkResponse({ type: CalendlyConnectedDto })
  @ApiProblems(requestInvalid, sessionMissing, providerNotConfigured, ...CONNECT_PROBLEMS)
  async callback(@CurrentSession() session: Session, @Body() body: ConnectCallbackDto): Promise<CalendlyConnectedDto> {
    const { email } = await this.connect.complete(session, CALENDLY.id, body);
    return { success: true, message: 'Calendly connected successfully', email };
  }

  @Get('status')
  @ApiOperation({ summary: 'How the connection is, and why' })
  @ApiOkResponse({ type: CalendlyStatusDto })
  @ApiProblems(sessionRequired)
  status(@CurrentSession() session: Session): Promise<CalendlyStatusDto> {
    return this.calendly.status(session, locale());
  }

  @Patch('settings')
  @ApiOperation({ summary: 'Change some switches; the others stay as they are' })
  @ApiOkResponse({ type: CalendlyStatusDto })
  @ApiProblems(requestInvalid, sessionRequired, integrationNotFound)
  patchSettings(@CurrentSession() session: Session, @Body() body: CalendlySettingsDto): Promise<CalendlyStatusDto> {
    return this.calendly.patchSettings(session, body, locale());
  }

  @Post('sync')
  @HttpCode(202)
  @ApiOperation({ summary: 'Read the account now' })
  @ApiQuery({
    name: 'wait',
    required: false,
    enum: ['true', 'false'],
    description: 'true: answer 200 with the finished run',
  })
  @ApiAcceptedResponse({ type: SyncAcceptedDto })
  @ApiOkResponse({ type: SyncFinishedDto, description: 'With wait=true, when the run ended in time' })
  @ApiProblems(sessionRequired, integrationNotFound)
  async sync(
    @CurrentSession() session: Session,
    @Query('wait') wait: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<SyncAcceptedDto | SyncFinishedDto> {
    const run = await this.calendly.synchronize(session, { wait: wait === 'true' });
    if (run.finished_at === null) return { success: true, run_id: run.id };
    void reply.status(200);
    return { success: run.state === 'succeeded', run_id: run.id, ...toSyncRunDto(run) };
  }

  @Get('events')
  @ApiOperation({ summary: 'Appointments, one per invitee, by hour' })
  @ApiOkResponse({ type: [CalendlyEventDto] })
  @ApiProblems(requestInvalid, cursorInvalid, sessionRequired)
  async events(
    @CurrentSession() session: Session,
    @Query() { invitee_email: inviteeEmail, ...query }: CalendlyEventsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<CalendlyEventDto[]> {
    const { bookings, nextCursor } = await this.bookings.list(session, {
      ...query,
      inviteeEmail,
      provider: CALENDLY.id,
    });
    setNextLink(reply, request, nextCursor);
    return bookings.map((row) => toCalendlyEventDto(this.provider.uris, row));
  }

  @Post('disconnect')
  @HttpCode(200)
  @ApiOperation({ summary: 'End the connection; bookings, prospects and notes stay' })
  @ApiOkResponse({ type: SuccessDto })
  @ApiProblems(sessionRequired)
  async disconnect(@CurrentSession() session: Session): Promise<SuccessDto> {
    await this.calendly.disconnect(session);
    return { success: true };
  }
}

function locale() {
  return requestContext.get()?.locale ?? 'fr';
}
