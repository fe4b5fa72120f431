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
import {
  OutlookExportDto,
  OutlookFormationExportedDto,
  toOutlookFormationExportedDto,
} from './dto/formation-export.dto.js';
import { OutlookAuthUrlDto, OutlookConnectedDto } from './dto/outlook-connected.dto.js';
import {
  isUnderWay,
  type OutlookImportDto,
  OutlookImportFinishedDto,
  OutlookImportStartedDto,
  toOutlookImportDto,
} from './dto/outlook-import.dto.js';
import { failedImport } from './outlook.imports.js';
import { OUTLOOK } from './outlook.profile.js';
import { OutlookProvider } from './outlook.provider.js';

@ApiTags('Outlook')
@ApiBearerAuth()
@Controller('api/calendar-integration/outlook')
export class OutlookController {
  constructor(
    private readonly connect: ConnectFlow,
    private readonly imports: CalendarImports,
    private readonly exports: FormationExports,
    private readonly provider: OutlookProvider,
  ) {}

  @Get('auth-url')
  @ApiOperation({ summary: 'The address of Microsoft’s consent page, to open in the browser' })
  @ApiOkResponse({ type: OutlookAuthUrlDto })
  @ApiProblems(sessionRequired, providerNotConfigured, tooManyStarts)
  authUrl(@CurrentSession() session: Session): Promise<OutlookAuthUrlDto> {
    return this.connect.begin(session, OUTLOOK.id);
  }

  @Post('callback')
  @HttpCode(200)
  @ForbidsWithoutSession()
  @ApiOperation({ summary: 'Finish connecting: what Microsoft’s redirect brought, posted by the front end' })
  @ApiOkResponse({ type: OutlookConnectedDto })
  @ApiProblems(requestInvalid, sessionMissing, providerNotConfigured, ...CONNECT_PROBLEMS)
  async callback(@CurrentSession() session: Session, @Body() body: ConnectCallbackDto): Promise<OutlookConnectedDto> {
    const { email } = await this.connect.complete(session, OUTLOOK.id, body);
    return { success: true, email };
  }

  @Post('import')
  @HttpCode(200)
  @ApiOperation({ summary: 'Read the calendar now, and wait a little for the outcome' })
  @ApiOkResponse({ type: OutlookImportFinishedDto, description: 'Done; or stopped, because it would remove too much' })
  @ApiAcceptedResponse({ type: OutlookImportStartedDto, description: 'Still under way: see GET /api/sync-runs/{id}' })
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
  ): Promise<OutlookImportDto> {
    const run = await this.imports.run(session, OUTLOOK.id);
    if (run.state === 'failed' || run.state === 'canceled') throw failedImport(this.provider, run.error_code);
    if (isUnderWay(run)) void reply.status(202);
    return toOutlookImportDto(run);
  }

  @Post('export-formation')
  @HttpCode(200)
  @ApiOperation({ summary: 'Bring a formation into the calendars of its people; repeated, it makes no doubles' })
  @ApiOkResponse({ type: OutlookFormationExportedDto })
  @ApiProblems(requestInvalid, sessionRequired, formationNotFound, formationNotExportable, exportForNobody)
  async exportFormation(
    @CurrentSession() session: Session,
    @Body() { formationId }: OutlookExportDto,
  ): Promise<OutlookFormationExportedDto> {
    return toOutlookFormationExportedDto(await this.exports.export(session, OUTLOOK.id, formationId));
  }
}
