import { Injectable } from '@nestjs/common';
import type { MeetingKind } from '../notifications/index.js';
import type { Transaction } from '../platform/database/transaction.js';

/** An appointment as the page of a prospect shows it. */
export interface ProspectBooking {
  id: string;
  provider: string;
  event_name: string | null;
  starts_at: Date;
  ends_at: Date;
  /** `active`, `canceled`, `rescheduled` or `no_show`, among others a provider may have. */
  status: string;
  meeting: MeetingKind | null;
  /** As people wrote it. */
  location: string | null;
  join_url: string | null;
}

export interface ProspectBookingsReader {
  /** The newest appointment first. */
  listOfProspect(tx: Transaction, prospectId: string): Promise<ProspectBooking[]>;
}

/** Where whoever keeps appointments says so: this room shows them, and knows nothing of where they come from. */
@Injectable()
export class ProspectBookings {
  private reader: ProspectBookingsReader = { listOfProspect: () => Promise.resolve([]) };

  readFrom(reader: ProspectBookingsReader): void {
    this.reader = reader;
  }

  list(tx: Transaction, prospectId: string): Promise<ProspectBooking[]> {
    return this.reader.listOfProspect(tx, prospectId);
  }
}
