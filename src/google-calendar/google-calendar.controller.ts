import { Body, Controller, Get, HttpCode, Post, Res } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import {
  CurrentSession,
  ForbidsWithoutSession,
  type Session,
  sessionMissing,
  sessionRequired,
} from '../accounts/index.js';
import { calendarNotConnected, exportForNobody, FormationExports, formationNotExportable } from '../calendars/index.js';
import { formationNotFound } from '../formations/index.js';
import {
  CONNECT_PROBLEMS,
  ConnectCallbackDto,
  ConnectFlow,
  providerNotConfigured,
  providerReauthorize,
  providerScopeMissing,
  providerTimeout,
  providerUnavailable,
  providerUnexpected,
  tooManyStarts,
} from '../integrations/index.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { requestInvalid } from '../platform/errors/platform.problems.js';
import { CalendarImports } from '../sync/index.js';
import { ExportFormationDto, FormationExportedDto, toFormationExportedDto } from './dto/formation-export.dto.js';
import { GoogleAuthUrlDto, GoogleConnectedDto } from './dto/google-connected.dto.js';
import {
  type GoogleImportDto,
  GoogleImportFinishedDto,
  GoogleImportStartedDto,
  isUnderWay,
  toGoogleImportDto,
} from './dto/google-import.dto.js';
import { failedImport } from './google-calendar.imports.js';
import { GOOGLE_CALENDAR } from './google-calendar.profile.js';
import { GoogleCalendarProvider } from './google-calendar.provider.js';

@ApiTags('Google Calendar')
@ApiBearerAuth()
@Controller('api/calendar-integration/google')
export class GoogleCalendarController {
  constructor(
    private readonly connect: ConnectFlow,
    private readonly imports: CalendarImports,
    private readonly exports: FormationExports,
    private readonly provider: GoogleCalendarProvider,
  ) {}

  @Get('auth-url')
  @ApiOperation({ summary: 'The address of Google’s consent page, to open in the browser' })
  @ApiOkResponse({ type: GoogleAuthUrlDto })
  @ApiProblems(sessionRequired, providerNotConfigured, tooManyStarts)
  authUrl(@CurrentSession() session: Session): Promise<GoogleAuthUrlDto> {
    return this.connect.begin(session, GOOGLE_CALENDAR.id);
  }

  @Post('callback')
  @HttpCode(200)
  @ForbidsWithoutSession()
  @ApiOperation({ summary: 'Finish connecting: what Google’s redirect brought, posted by the front end' })
  @ApiOkResponse({ type: GoogleConnectedDto })
  @ApiProblems(requestInvalid, sessionMissing, providerNotConfigured, ...CONNECT_PROBLEMS)
  async callback(@CurrentSession() session: Session, @Body() body: ConnectCallbackDto): Promise<GoogleConnectedDto> {
    const { email } = await this.connect.complete(session, GOOGLE_CALENDAR.id, body);
    return { success: true, email };
  }

  @Post('import')
  @HttpCode(200)
  @ApiOperation({ summary: 'Read the calendar now, and wait a little for the outcome' })
  @ApiOkResponse({ type: GoogleImportFinishedDto, description: 'Done; or stopped, because it would remove too much' })
  @ApiAcceptedResponse({ type: GoogleImportStartedDto, description: 'Still under way: see GET /api/sync-runs/{id}' })
  @ApiProblems(
    sessionRequired,
    calendarNotConnected,
    providerReauthorize,
    providerScopeMissing,
    providerUnavailable,
    providerTimeout,
    providerUnexpected,
  )
  async import(
    @CurrentSession() session: Session,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GoogleImportDto> {
    const run = await this.imports.run(session, GOOGLE_CALENDAR.id);
    if (run.state === 'failed' || run.state === 'canceled') throw failedImport(this.provider, run.error_code);
    if (isUnderWay(run)) void reply.status(202);
    return toGoogleImportDto(run);
  }

  @Post('export-formation')
  @HttpCode(200)
  @ApiOperation({ summary: 'Bring a formation into the calendars of its people; repeated, it makes no doubles' })
  @ApiOkResponse({ type: FormationExportedDto })
  @ApiProblems(requestInvalid, sessionRequired, formationNotFound, formationNotExportable, exportForNobody)
  async exportFormation(
    @CurrentSession() session: Session,
    @Body() { formationId }: ExportFormationDto,
  ): Promise<FormationExportedDto> {
    return toFormationExportedDto(await this.exports.export(session, GOOGLE_CALENDAR.id, formationId));
  }
}
