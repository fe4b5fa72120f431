import { Body, Controller, Get, Header, HttpCode, Post, Put, Query } from '@nestjs/common';
import { ApiAcceptedResponse, ApiBearerAuth, ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { CurrentSession, roleRequired, type Session, sessionRequired } from '../accounts/index.js';
import {
  CONNECT_PROBLEMS,
  integrationNotFound,
  providerNotConfigured,
  providerReauthorize,
  providerTimeout,
  providerUnavailable,
  providerUnexpected,
  providerWithdrawn,
  stateInvalid,
  tooManyStarts,
} from '../integrations/index.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { requestInvalid } from '../platform/errors/platform.problems.js';
import { requestContext } from '../platform/logging/request-context.js';
import {
  calComApiKeyMissing,
  calComApiKeyRefused,
  calComNotConnected,
  calComNotInThisMode,
  calendarCredentialDead,
  calendarNotLinked,
} from './cal-com.problems.js';
import { CalCom } from './cal-com.service.js';
import { AtomsDto } from './dto/atoms.dto.js';
import { BusyTimesDto, BusyTimesQuery, toBusyTimesDto } from './dto/busy-times.dto.js';
import {
  CalComAuthUrlDto,
  CalComLinkedDto,
  CalComSuccessDto,
  CalComSyncAcceptedDto,
} from './dto/cal-com-answers.dto.js';
import { CalComStatusAnswerDto } from './dto/cal-com-status.dto.js';
import { CalendarTypeQuery } from './dto/calendar-type.query.js';
import { CalComConnectedDto, ConnectCalComDto } from './dto/connect-cal-com.dto.js';
import { DestinationDto } from './dto/destination.dto.js';
import { SaveCredentialsDto } from './dto/save-credentials.dto.js';
import { SyncCredentialsDto } from './dto/sync-credentials.dto.js';

const PROVIDER_TROUBLE = [
  providerReauthorize,
  providerWithdrawn,
  providerUnexpected,
  providerUnavailable,
  providerTimeout,
] as const;

@ApiTags('Cal.com')
@ApiBearerAuth()
@Controller('api/cal')
export class CalComController {
  constructor(private readonly calCom: CalCom) {}

  @Post('connect')
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Connect to Cal.com, in the way this server does; linking a calendar does it by itself' })
  @ApiOkResponse({ type: CalComConnectedDto })
  @ApiProblems(
    requestInvalid,
    sessionRequired,
    roleRequired,
    providerNotConfigured,
    tooManyStarts,
    calComApiKeyMissing,
    calComApiKeyRefused,
    ...CONNECT_PROBLEMS,
  )
  async connect(@CurrentSession() session: Session, @Body() body?: ConnectCalComDto): Promise<CalComConnectedDto> {
    const { authUrl } = await this.calCom.connect(session, body?.apiKey);
    return { success: true, data: { connected: authUrl === null, authUrl } };
  }

  @Get('calendars/oauth-connect-url')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'Where to send the browser so that a calendar gets linked' })
  @ApiOkResponse({ type: CalComAuthUrlDto })
  @ApiProblems(
    requestInvalid,
    sessionRequired,
    providerNotConfigured,
    tooManyStarts,
    calComNotConnected,
    ...PROVIDER_TROUBLE,
  )
  async calendarUrl(
    @CurrentSession() session: Session,
    @Query() { type }: CalendarTypeQuery,
  ): Promise<CalComAuthUrlDto> {
    return { success: true, data: { authUrl: await this.calCom.calendarUrl(session, type) } };
  }

  @Post('calendars/save-oauth-cal-creds')
  @HttpCode(200)
  @ApiOperation({ summary: 'Finish linking: what the redirect brought, passed on by the front end' })
  @ApiOkResponse({ type: CalComLinkedDto })
  @ApiProblems(
    requestInvalid,
    stateInvalid,
    sessionRequired,
    calComNotConnected,
    calendarNotLinked,
    calendarCredentialDead,
    ...PROVIDER_TROUBLE,
  )
  async save(
    @CurrentSession() session: Session,
    @Body() { type, ...given }: SaveCredentialsDto,
  ): Promise<CalComLinkedDto> {
    await this.calCom.saveCredentials(session, type, given);
    return { success: true, data: { type, connected: true } };
  }

  @Get('calendars/save-oauth-cal-creds')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'The same, for front ends that ask by address' })
  @ApiOkResponse({ type: CalComLinkedDto })
  @ApiProblems(requestInvalid, stateInvalid, sessionRequired, calComNotConnected, calendarNotLinked)
  saveByAddress(@CurrentSession() session: Session, @Query() given: SaveCredentialsDto): Promise<CalComLinkedDto> {
    return this.save(session, given);
  }

  @Post('calendars/sync-credentials')
  @HttpCode(200)
  @ApiOperation({ summary: 'Bring back what can be brought back without the person: tokens, webhook, missed bookings' })
  @ApiOkResponse({ type: CalComSuccessDto })
  @ApiProblems(
    requestInvalid,
    sessionRequired,
    calComNotConnected,
    calendarNotLinked,
    calendarCredentialDead,
    ...PROVIDER_TROUBLE,
  )
  async repair(
    @CurrentSession() session: Session,
    @Body() { calendarType }: SyncCredentialsDto,
  ): Promise<CalComSuccessDto> {
    await this.calCom.repair(session, calendarType);
    return { success: true };
  }

  @Get('calendars/status')
  @ApiOperation({ summary: 'Which calendars are linked, how the connection is and in which mode, and why' })
  @ApiOkResponse({ type: CalComStatusAnswerDto })
  @ApiProblems(sessionRequired, providerUnavailable, providerTimeout)
  async status(@CurrentSession() session: Session): Promise<CalComStatusAnswerDto> {
    return { success: true, data: await this.calCom.status(session, requestContext.get()?.locale ?? 'fr') };
  }

  @Get('calendars/busy-times')
  @ApiOperation({ summary: 'When the calendars that are looked into for conflicts are taken' })
  @ApiOkResponse({ type: BusyTimesDto })
  @ApiProblems(requestInvalid, sessionRequired, calComNotConnected, ...PROVIDER_TROUBLE)
  async busyTimes(
    @CurrentSession() session: Session,
    @Query() { dateFrom, dateTo, timeZone }: BusyTimesQuery,
  ): Promise<BusyTimesDto> {
    return toBusyTimesDto(await this.calCom.busyTimes(session, { from: dateFrom, to: dateTo, timeZone }));
  }

  @Put('calendars/destination')
  @ApiOperation({ summary: 'Choose the calendar that new bookings are written into' })
  @ApiOkResponse({ type: CalComSuccessDto })
  @ApiProblems(requestInvalid, sessionRequired, calComNotConnected, calendarNotLinked, ...PROVIDER_TROUBLE)
  async setDestination(@CurrentSession() session: Session, @Body() body: DestinationDto): Promise<CalComSuccessDto> {
    await this.calCom.setDestination(session, body);
    return { success: true };
  }

  @Get('atoms')
  @Header('cache-control', 'no-store')
  @ApiOperation({ summary: 'What Cal.com’s React atoms are given to begin with' })
  @ApiOkResponse({ type: AtomsDto })
  @ApiProblems(sessionRequired, providerNotConfigured, calComNotInThisMode, ...PROVIDER_TROUBLE)
  async atoms(@CurrentSession() session: Session): Promise<AtomsDto> {
    return { success: true, data: await this.calCom.atoms(session) };
  }

  @Post('sync')
  @HttpCode(202)
  @ApiOperation({ summary: 'Read the bookings now' })
  @ApiAcceptedResponse({ type: CalComSyncAcceptedDto })
  @ApiProblems(sessionRequired, integrationNotFound)
  async sync(@CurrentSession() session: Session): Promise<CalComSyncAcceptedDto> {
    return { success: true, run_id: (await this.calCom.synchronize(session)).id };
  }

  @Post('disconnect')
  @HttpCode(200)
  @ApiOperation({ summary: 'End the connection; bookings, prospects and notes stay' })
  @ApiOkResponse({ type: CalComSuccessDto })
  @ApiProblems(sessionRequired)
  async disconnect(@CurrentSession() session: Session): Promise<CalComSuccessDto> {
    await this.calCom.disconnect(session);
    return { success: true };
  }
}
