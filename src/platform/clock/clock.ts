import { Injectable } from '@nestjs/common';

/**
 * The wall clock, injected so that tests can move it. Leases, due times and expiries are decided by the database's own
 * clock instead: instances may disagree about the time, the database does not.
 */
@Injectable()
export class Clock {
  now(): Date {
    return new Date();
  }
}
