import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { IntegrationsModule } from '../integrations/index.js';
import { BacklogCheck } from './checks/backlog.check.js';
import { ClockCheck } from './checks/clock.check.js';
import { ConnectionsCheck } from './checks/connections.check.js';
import { DatabaseCheck } from './checks/database.check.js';
import { KeysCheck } from './checks/keys.check.js';
import { MachineCheck } from './checks/machine.check.js';
import { MailCheck } from './checks/mail.check.js';
import { ProvidersCheck } from './checks/providers.check.js';
import { PublicUrlCheck } from './checks/public-url.check.js';
import { RedirectsCheck } from './checks/redirects.check.js';
import { DiskRoom } from './disk-room.js';
import { DoctorController } from './doctor.controller.js';
import { Doctor } from './doctor.service.js';

@Module({
  imports: [AccountsModule, IntegrationsModule],
  controllers: [DoctorController],
  providers: [
    Doctor,
    BacklogCheck,
    ClockCheck,
    ConnectionsCheck,
    DatabaseCheck,
    DiskRoom,
    KeysCheck,
    MachineCheck,
    MailCheck,
    ProvidersCheck,
    PublicUrlCheck,
    RedirectsCheck,
  ],
})
export class DoctorModule {}
