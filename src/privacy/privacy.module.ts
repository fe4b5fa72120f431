import { Module } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { FormationsModule } from '../formations/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { ProspectsModule } from '../prospects/index.js';
import { RealtimeModule } from '../realtime/index.js';
import { PersonErasure } from './person-erasure.js';
import { PersonExport } from './person-export.js';

/** What a person may ask of whoever keeps data about them. It has no routes: an administrator of the server answers. */
@Module({
  imports: [AccountsModule, RealtimeModule, NotificationsModule, ProspectsModule, FormationsModule],
  providers: [PersonErasure, PersonExport],
})
export class PrivacyModule {}
