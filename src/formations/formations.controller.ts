import {
  Body,
  Controller,
  Delete,
  Get,
  Header,
  HttpCode,
  Param,
  Patch,
  Post,
  Put,
  Query,
  Req,
  Res,
} from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CurrentSession, sessionInvalid, sessionRequired } from '../accounts/index.js';
import type { Session } from '../accounts/index.js';
import { Clock } from '../platform/clock/clock.js';
import { PlatformConfig } from '../platform/config/platform.config.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { bodyMalformed, cursorInvalid, requestInvalid } from '../platform/errors/platform.problems.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { setNextLink } from '../platform/http/paging.js';
import { CreateFormationDto } from './dto/create-formation.dto.js';
import { FormationDetailDto } from './dto/formation-detail.dto.js';
import { FormationSummaryDto } from './dto/formation-summary.dto.js';
import { ListFormationsQuery } from './dto/list-formations.query.js';
import { ReplaceFormationDto } from './dto/replace-formation.dto.js';
import { UpdateFormationDto } from './dto/update-formation.dto.js';
import { toFormationCalendar } from './formation-calendar.js';
import { toFormationDetailDto, toFormationSummaryDto } from './formations.mapper.js';
import {
  formationNotFound,
  formationNotYours,
  formationReferenceUnknown,
  localTimeSkipped,
  participantTaken,
} from './formations.problems.js';
import { Formations } from './formations.service.js';

/** Every member reads and creates formations; administrators and whoever created one change it. */
@ApiTags('Formations')
@ApiBearerAuth()
@Controller('api/formations')
export class FormationsController {
  constructor(
    private readonly formations: Formations,
    private readonly clock: Clock,
    private readonly config: PlatformConfig,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'The formations of the organization, newest first',
    description: 'The next page is announced by a `Link: <…>; rel="next"` header.',
  })
  @ApiOkResponse({ type: [FormationSummaryDto] })
  @ApiProblems(requestInvalid, cursorInvalid, sessionRequired, sessionInvalid)
  async list(
    @CurrentSession() session: Session,
    @Query() query: ListFormationsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<FormationSummaryDto[]> {
    const { formations, nextCursor } = await this.formations.list(session, query);
    setNextLink(reply, request, nextCursor);
    return formations.map(toFormationSummaryDto);
  }

  @Post()
  @ApiOperation({
    summary: 'Create a formation, with its sessions and participants if they are known',
    description: 'All of it, or nothing. Any member may; who creates one may change it, as administrators may.',
  })
  @ApiCreatedResponse({ type: FormationDetailDto })
  @ApiProblems(
    bodyMalformed,
    requestInvalid,
    sessionRequired,
    sessionInvalid,
    participantTaken,
    formationReferenceUnknown,
    localTimeSkipped,
  )
  async create(@CurrentSession() session: Session, @Body() body: CreateFormationDto): Promise<FormationDetailDto> {
    return toFormationDetailDto(await this.formations.create(session, body));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One formation, with how it stands in the calendars of its participants' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: FormationDetailDto })
  @ApiProblems(requestInvalid, sessionRequired, sessionInvalid, formationNotFound)
  async get(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<FormationDetailDto> {
    return toFormationDetailDto(await this.formations.get(session, id));
  }

  @Get(':id/calendar.ics')
  @Header('content-type', 'text/calendar; charset=utf-8')
  @Header('content-disposition', 'attachment; filename="formation.ics"')
  @ApiOperation({
    summary: 'The dates of a formation as a file that any calendar reads',
    description: 'Those that are for everybody; a file that is fetched later has the same ids.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ description: 'iCalendar', content: { 'text/calendar': { schema: { type: 'string' } } } })
  @ApiProblems(requestInvalid, sessionRequired, sessionInvalid, formationNotFound)
  async getCalendar(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<string> {
    const { hostname } = new URL(this.config.publicUrl);
    return toFormationCalendar(await this.formations.get(session, id), hostname, this.clock.now());
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change fields of a formation; those that are left out stay' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: FormationDetailDto })
  @ApiProblems(bodyMalformed, requestInvalid, sessionRequired, sessionInvalid, formationNotYours, formationNotFound)
  async update(
    @CurrentSession() session: Session,
    @Param('id', IdPipe) id: string,
    @Body() body: UpdateFormationDto,
  ): Promise<FormationDetailDto> {
    return toFormationDetailDto(await this.formations.update(session, id, body));
  }

  @Put(':id')
  @ApiOperation({
    summary: 'Replace the texts of a formation and, when they are given, all its sessions or participants',
    description:
      'A description or location that is left out is emptied; the time zone, the status and the switch stay as they ' +
      'are, and so does a list that is left out. Sessions are known by `id`, participants by `id` or address: those ' +
      'that are absent are removed, and so are the dates of participants who are.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: FormationDetailDto })
  @ApiProblems(
    bodyMalformed,
    requestInvalid,
    sessionRequired,
    sessionInvalid,
    formationNotYours,
    formationNotFound,
    participantTaken,
    formationReferenceUnknown,
    localTimeSkipped,
  )
  async replace(
    @CurrentSession() session: Session,
    @Param('id', IdPipe) id: string,
    @Body() body: ReplaceFormationDto,
  ): Promise<FormationDetailDto> {
    return toFormationDetailDto(await this.formations.replace(session, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Delete a formation; it leaves the calendars in which it stands' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse()
  @ApiProblems(requestInvalid, sessionRequired, sessionInvalid, formationNotYours, formationNotFound)
  async remove(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<void> {
    await this.formations.remove(session, id);
  }
}
