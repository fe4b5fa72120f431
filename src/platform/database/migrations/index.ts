import { CreateAccounts1795000000000 } from './1795000000000-CreateAccounts.js';
import { CreateIntegrations1795000001000 } from './1795000001000-CreateIntegrations.js';
import { CreateProspectsAndNotifications1795000002000 } from './1795000002000-CreateProspectsAndNotifications.js';
import { CreateBookingsAndSync1795000003000 } from './1795000003000-CreateBookingsAndSync.js';
import { CreateDeliveriesAndOutbox1795000004000 } from './1795000004000-CreateDeliveriesAndOutbox.js';
import { CreateFormations1795000005000 } from './1795000005000-CreateFormations.js';
import { CreateCalendars1795000006000 } from './1795000006000-CreateCalendars.js';
import { CreateMail1795000007000 } from './1795000007000-CreateMail.js';
import { CreateWebhooks1795000008000 } from './1795000008000-CreateWebhooks.js';
import { CreateCalCom1795000009000 } from './1795000009000-CreateCalCom.js';
import { CreateKeyWork1795000011000 } from './1795000011000-CreateKeyWork.js';
import { CreateErasures1795000012000 } from './1795000012000-CreateErasures.js';
import { EnableRowSecurity1795000013000 } from './1795000013000-EnableRowSecurity.js';
import { AddLastEffect1795000014000 } from './1795000014000-AddLastEffect.js';
import { StoreBodiesPlainly1795000015000 } from './1795000015000-StoreBodiesPlainly.js';
import { KeepRejectedDeliveries1795000016000 } from './1795000016000-KeepRejectedDeliveries.js';
import { CreateReplayRuns1795000016100 } from './1795000016100-CreateReplayRuns.js';
import { AddStepsToSyncRuns1795000017000 } from './1795000017000-AddStepsToSyncRuns.js';
import { AllowPasswordChanges1795000018000 } from './1795000018000-AllowPasswordChanges.js';

/** In the order they run. Named one by one, so that a stray file in a folder is never a migration. */
export const migrations = [
  CreateAccounts1795000000000,
  CreateIntegrations1795000001000,
  CreateProspectsAndNotifications1795000002000,
  CreateBookingsAndSync1795000003000,
  CreateDeliveriesAndOutbox1795000004000,
  CreateFormations1795000005000,
  CreateCalendars1795000006000,
  CreateMail1795000007000,
  CreateWebhooks1795000008000,
  CreateCalCom1795000009000,
  CreateKeyWork1795000011000,
  CreateErasures1795000012000,
  EnableRowSecurity1795000013000,
  AddLastEffect1795000014000,
  StoreBodiesPlainly1795000015000,
  KeepRejectedDeliveries1795000016000,
  CreateReplayRuns1795000016100,
  AddStepsToSyncRuns1795000017000,
  AllowPasswordChanges1795000018000,
];
