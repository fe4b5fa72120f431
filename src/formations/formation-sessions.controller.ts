import { Body, Controller, Delete, HttpCode, Param, Patch, Post } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { CurrentSession, sessionInvalid, sessionRequired } from '../accounts/index.js';
import type { Session } from '../accounts/index.js';
import { ApiProblems } from '../platform/errors/api-problems.decorator.js';
import { bodyMalformed, requestInvalid } from '../platform/errors/platform.problems.js';
import { IdPipe } from '../platform/http/id.pipe.js';
import { CreateFormationSessionDto } from './dto/create-formation-session.dto.js';
import { FormationSessionDto } from './dto/formation-session.dto.js';
import { UpdateFormationSessionDto } from './dto/update-formation-session.dto.js';
import { toFormationSessionDto } from './formations.mapper.js';
import {
  formationNotFound,
  formationNotYours,
  formationReferenceUnknown,
  formationSessionNotFound,
  localTimeSkipped,
  sessionsFull,
} from './formations.problems.js';
import { SessionEditing } from './session-editing.js';

/** The dates of a formation, one by one; for administrators and whoever created it. */
@ApiTags('Formations')
@ApiBearerAuth()
@Controller('api/formations/:id/sessions')
export class FormationSessionsController {
  constructor(private readonly sessions: SessionEditing) {}

  @Post()
  @ApiOperation({ summary: 'Add a session, for everybody or for one participant alone' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiCreatedResponse({ type: FormationSessionDto })
  @ApiProblems(
    bodyMalformed,
    requestInvalid,
    sessionRequired,
    sessionInvalid,
    formationNotYours,
    formationNotFound,
    sessionsFull,
    formationReferenceUnknown,
    localTimeSkipped,
  )
  async add(
    @CurrentSession() session: Session,
    @Param('id', IdPipe) id: string,
    @Body() body: CreateFormationSessionDto,
  ): Promise<FormationSessionDto> {
    return toFormationSessionDto(await this.sessions.add(session, id, body));
  }

  @Patch(':sessionId')
  @ApiOperation({
    summary: 'Move, rename, cancel or assign a session; fields that are left out stay',
    description: 'A new time zone alone moves nothing: the instants stay, and are shown in that zone.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'sessionId', format: 'uuid' })
  @ApiOkResponse({ type: FormationSessionDto })
  @ApiProblems(
    bodyMalformed,
    requestInvalid,
    sessionRequired,
    sessionInvalid,
    formationNotYours,
    formationNotFound,
    formationSessionNotFound,
    formationReferenceUnknown,
    localTimeSkipped,
  )
  async change(
    @CurrentSession() session: Session,
    @Param('id', IdPipe) id: string,
    @Param('sessionId', IdPipe) sessionId: string,
    @Body() body: UpdateFormationSessionDto,
  ): Promise<FormationSessionDto> {
    return toFormationSessionDto(await this.sessions.change(session, id, sessionId, body));
  }

  @Delete(':sessionId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a session; it leaves the calendars in which it stands' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'sessionId', format: 'uuid' })
  @ApiNoContentResponse()
  @ApiProblems(
    requestInvalid,
    sessionRequired,
    sessionInvalid,
    formationNotYours,
    formationNotFound,
    formationSessionNotFound,
  )
  async remove(
    @CurrentSession() session: Session,
    @Param('id', IdPipe) id: string,
    @Param('sessionId', IdPipe) sessionId: string,
  ): Promise<void> {
    await this.sessions.remove(session, id, sessionId);
  }
}
