import { Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';
import { EventLog } from '../../platform/logging/event-log.js';
import { zoneDataAge } from './zone-data.js';

/** Says at the start by which zone data hours are told, and warns when they are old: a newer Node brings newer ones. */
@Injectable()
export class ZoneDataCheck implements OnApplicationBootstrap {
  constructor(
    private readonly clock: Clock,
    private readonly log: EventLog,
  ) {}

  onApplicationBootstrap(): void {
    const { tz, icu } = process.versions;
    const age = zoneDataAge(tz, this.clock.now());
    const fields = { tz: tz ?? null, icu: icu ?? null, age };
    if (age === 'current') this.log.event('zone_data.checked', fields);
    else this.log.warning(age === 'old' ? 'zone_data.older_than_12_months' : 'zone_data.unknown', fields);
  }
}
