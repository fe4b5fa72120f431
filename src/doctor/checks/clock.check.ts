import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { UnitOfWork } from '../../platform/database/unit-of-work.js';
import type { DoctorCheck, Finding } from '../finding.js';
import { finding } from '../finding-texts.js';

/** Leases and due times go by the database's clock, signatures by ours: further apart, something is refused. */
const DATABASE_TOLERANCE_SECONDS = 30;

@Injectable()
export class ClockCheck implements DoctorCheck {
  readonly name = 'clock';

  constructor(
    private readonly work: UnitOfWork,
    private readonly clock: Clock,
  ) {}

  async examine(): Promise<Finding[]> {
    const [row] = await this.work.acrossOrganizations((tx) =>
      tx.query<{ now: Date }>('SELECT clock_timestamp() AS now'),
    );
    const seconds = Math.round(Math.abs(row!.now.getTime() - this.clock.now().getTime()) / 1_000);
    return seconds > DATABASE_TOLERANCE_SECONDS ? [finding('clock/database-differs', { seconds })] : [];
  }
}
