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
import { CreateFormationParticipantDto } from './dto/create-formation-participant.dto.js';
import { FormationParticipantDto } from './dto/formation-participant.dto.js';
import { UpdateFormationParticipantDto } from './dto/update-formation-participant.dto.js';
import { toFormationParticipantDto } from './formations.mapper.js';
import {
  formationNotFound,
  formationNotYours,
  formationParticipantNotFound,
  participantsFull,
  participantTaken,
} from './formations.problems.js';
import { ParticipantEditing } from './participant-editing.js';

/** The people of a formation, one by one; for administrators and whoever created it. */
@ApiTags('Formations')
@ApiBearerAuth()
@Controller('api/formations/:id/participants')
export class FormationParticipantsController {
  constructor(private readonly participants: ParticipantEditing) {}

  @Post()
  @ApiOperation({
    summary: 'Add a participant',
    description: 'Whoever has an account with this address in the organization is linked to it, now or once they have.',
  })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiCreatedResponse({ type: FormationParticipantDto })
  @ApiProblems(
    bodyMalformed,
    requestInvalid,
    sessionRequired,
    sessionInvalid,
    formationNotYours,
    formationNotFound,
    participantTaken,
    participantsFull,
  )
  async add(
    @CurrentSession() session: Session,
    @Param('id', IdPipe) id: string,
    @Body() body: CreateFormationParticipantDto,
  ): Promise<FormationParticipantDto> {
    return toFormationParticipantDto(await this.participants.add(session, id, body));
  }

  @Patch(':participantId')
  @ApiOperation({ summary: 'Change a participant; fields that are left out stay' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'participantId', format: 'uuid' })
  @ApiOkResponse({ type: FormationParticipantDto })
  @ApiProblems(
    bodyMalformed,
    requestInvalid,
    sessionRequired,
    sessionInvalid,
    formationNotYours,
    formationNotFound,
    formationParticipantNotFound,
    participantTaken,
  )
  async change(
    @CurrentSession() session: Session,
    @Param('id', IdPipe) id: string,
    @Param('participantId', IdPipe) participantId: string,
    @Body() body: UpdateFormationParticipantDto,
  ): Promise<FormationParticipantDto> {
    return toFormationParticipantDto(await this.participants.change(session, id, participantId, body));
  }

  @Delete(':participantId')
  @HttpCode(204)
  @ApiOperation({ summary: 'Remove a participant, and the dates that were for them alone' })
  @ApiParam({ name: 'id', format: 'uuid' })
  @ApiParam({ name: 'participantId', format: 'uuid' })
  @ApiNoContentResponse()
  @ApiProblems(
    requestInvalid,
    sessionRequired,
    sessionInvalid,
    formationNotYours,
    formationNotFound,
    formationParticipantNotFound,
  )
  async remove(
    @CurrentSession() session: Session,
    @Param('id', IdPipe) id: string,
    @Param('participantId', IdPipe) participantId: string,
  ): Promise<void> {
    await this.participants.remove(session, id, participantId);
  }
}
