import { Module, type OnModuleInit } from '@nestjs/common';
import { AccountsModule } from '../accounts/index.js';
import { IntegrationsModule } from '../integrations/index.js';
import { NotificationsModule } from '../notifications/index.js';
import { ProspectBookings, ProspectsModule } from '../prospects/index.js';
import { BookingMerge } from './booking-merge.js';
import { Bookings } from './bookings.service.js';
import { CompletePairsJob } from './complete-pairs.job.js';

@Module({
  imports: [AccountsModule, IntegrationsModule, ProspectsModule, NotificationsModule],
  providers: [BookingMerge, Bookings, CompletePairsJob],
  exports: [BookingMerge, Bookings],
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
