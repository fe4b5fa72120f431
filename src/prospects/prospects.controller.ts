import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, Req, Res } from '@nestjs/common';
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
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { bodyMalformed, cursorInvalid, requestInvalid } from '../platform/errors/platform.problems.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { setNextLink } from '../platform/http/paging.js';
import { CreateProspectDto } from './dto/create-prospect.dto.js';
import { ListProspectsQuery } from './dto/list-prospects.query.js';
import { ProspectDetailDto } from './dto/prospect-detail.dto.js';
import { ProspectDto } from './dto/prospect.dto.js';
import { UpdateProspectDto } from './dto/update-prospect.dto.js';
import { toProspectDetailDto, toProspectDto } from './prospects.mapper.js';
import { prospectEmailTaken, prospectNotFound, prospectUnrecognisable } from './prospects.problems.js';
import { Prospects } from './prospects.service.js';

@ApiTags('Prospects')
@ApiBearerAuth()
@Controller('api/prospects')
export class ProspectsController {
  constructor(private readonly prospects: Prospects) {}

  @Get()
  @ApiOperation({
    summary: 'The prospects of the organization, newest first',
    description: 'The next page is announced by a `Link: <…>; rel="next"` header.',
  })
  @ApiOkResponse({ type: [ProspectDto] })
  @ApiProblems(requestInvalid, cursorInvalid, sessionRequired, sessionInvalid)
  async list(
    @CurrentSession() session: Session,
    @Query() query: ListProspectsQuery,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ProspectDto[]> {
    const { prospects, nextCursor } = await this.prospects.list(session, query);
    setNextLink(reply, request, nextCursor);
    return prospects.map(toProspectDto);
  }

  @Post()
  @ApiOperation({ summary: 'Write down a prospect' })
  @ApiCreatedResponse({ type: ProspectDto })
  @ApiProblems(
    bodyMalformed,
    requestInvalid,
    prospectUnrecognisable,
    sessionRequired,
    sessionInvalid,
    prospectEmailTaken,
  )
  async create(@CurrentSession() session: Session, @Body() body: CreateProspectDto): Promise<ProspectDto> {
    return toProspectDto(await this.prospects.create(session, body));
  }

  @Get(':id')
  @ApiOperation({ summary: 'One prospect, with notes and appointments' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: ProspectDetailDto })
  @ApiProblems(requestInvalid, sessionRequired, sessionInvalid, prospectNotFound)
  async get(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<ProspectDetailDto> {
    return toProspectDetailDto(await this.prospects.get(session, id));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change fields of a prospect; those that are left out stay' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: ProspectDto })
  @ApiProblems(
    bodyMalformed,
    requestInvalid,
    prospectUnrecognisable,
    sessionRequired,
    sessionInvalid,
    prospectNotFound,
    prospectEmailTaken,
  )
  async update(
    @CurrentSession() session: Session,
    @Param('id', IdPipe) id: string,
    @Body() body: UpdateProspectDto,
  ): Promise<ProspectDto> {
    return toProspectDto(await this.prospects.update(session, id, body));
  }

  @Put(':id')
  @ApiOperation({
    summary: 'The same as PATCH, for front ends that use PUT',
    description: 'Fields that are left out stay: a front end that does not know of a field must not empty it.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiOkResponse({ type: ProspectDto })
  @ApiProblems(
    bodyMalformed,
    requestInvalid,
    prospectUnrecognisable,
    sessionRequired,
    sessionInvalid,
    prospectNotFound,
    prospectEmailTaken,
  )
  async replace(
    @CurrentSession() session: Session,
    @Param('id', IdPipe) id: string,
    @Body() body: UpdateProspectDto,
  ): Promise<ProspectDto> {
    return toProspectDto(await this.prospects.update(session, id, body));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiOperation({ summary: 'Erase a prospect and the notes; only a later booking brings the person back' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiNoContentResponse()
  @ApiProblems(requestInvalid, sessionRequired, sessionInvalid, prospectNotFound)
  async erase(@CurrentSession() session: Session, @Param('id', IdPipe) id: string): Promise<void> {
    await this.prospects.erase(session, id);
  }
}
