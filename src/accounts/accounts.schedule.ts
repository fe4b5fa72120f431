import { Injectable } from '@nestjs/common';
import { Cron } from '@nestjs/schedule';
import { AccountsHousekeeping } from './accounts-housekeeping.js';

/** At night, and not on the hour like everybody else. Every instance may do it: nothing is left for the second. */
@Injectable()
export class AccountsSchedule {
  constructor(private readonly housekeeping: AccountsHousekeeping) {}

  @Cron('17 3 * * *', { name: 'accounts.purge', timeZone: 'UTC' })
  purge(): Promise<void> {
    return this.housekeeping.purge();
  }

  @Cron('37 3 * * *', { name: 'accounts.log-audit-heads', timeZone: 'UTC' })
  logAuditHeads(): Promise<void> {
    return this.housekeeping.logAuditHeads();
  }
}
