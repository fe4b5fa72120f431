import { Module, type OnModuleInit } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { IntegrationsModule } from '../integrations/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { ProspectBookings, ProspectsModule } from '../prospects/index.js';
import { BookingChanges } from './booking-changes.js';
import { BookingMerge } from './booking-merge.js';
import { BookingsController } from './bookings.controller.js';
import { Bookings } from './bookings.service.js';
import { CompletePairsJob } from './complete-pairs.job.js';
import { ToldAbsences } from './told-absences.js';
import { UnnamedBookings } from './unnamed-bookings.js';

@Module({
  imports: [AccountsModule, IntegrationsModule, ProspectsModule, NotificationsModule],
  controllers: [BookingsController],
  providers: [BookingChanges, BookingMerge, Bookings, CompletePairsJob, ToldAbsences, UnnamedBookings],
  exports: [BookingChanges, BookingMerge, Bookings, ToldAbsences, UnnamedBookings],
})
export class BookingsModule implements OnModuleInit {
  constructor(
    private readonly bookings: Bookings,
    private readonly shown: ProspectBookings,
  ) {}

  onModuleInit(): void {
    this.shown.readFrom(this.bookings);
  }
}
