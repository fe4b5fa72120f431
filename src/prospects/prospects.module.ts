import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccountsModule } from '../accounts/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { RealtimeModule } from '../realtime/index.js';
import { ProspectBook } from './prospect-book.js';
import { ProspectBookings } from './prospect-bookings.js';
import { ProspectChanges } from './prospect-changes.js';
import { ProspectNews } from './prospect-news.js';
import { ProspectNotes } from './prospect-notes.js';
import { Prospect } from './prospect.entity.js';
import { ProspectsController } from './prospects.controller.js';
import { Prospects } from './prospects.service.js';

@Module({
  imports: [AccountsModule, NotificationsModule, RealtimeModule, TypeOrmModule.forFeature([Prospect])],
  controllers: [ProspectsController],
  providers: [ProspectBook, ProspectBookings, ProspectChanges, ProspectNews, ProspectNotes, Prospects],
  exports: [ProspectBook, ProspectBookings, ProspectChanges],
})
export class ProspectsModule {}
