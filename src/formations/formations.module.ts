import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { FormationChanges } from './formation-changes.js';
import { FormationDetails } from './formation-detail.js';
import { FormationEditing } from './formation-editing.js';
import { FormationParticipantsController } from './formation-participants.controller.js';
import { FormationSessionsController } from './formation-sessions.controller.js';
import { FormationSessions } from './formation-sessions.js';
import { FormationsController } from './formations.controller.js';
import { Formations } from './formations.service.js';
import { ParticipantEditing } from './participant-editing.js';
import { SessionCopies } from './session-copies.js';
import { SessionEditing } from './session-editing.js';

/** Trainings: their dates, their people, and who hears when either changes. */
@Module({
  imports: [AccountsModule],
  controllers: [FormationsController, FormationSessionsController, FormationParticipantsController],
  providers: [
    FormationChanges,
    FormationDetails,
    FormationEditing,
    FormationSessions,
    Formations,
    ParticipantEditing,
    SessionCopies,
    SessionEditing,
  ],
  exports: [FormationChanges, FormationSessions, SessionCopies],
})
export class FormationsModule {}
