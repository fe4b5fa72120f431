import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock/clock.js';

const STRIKES = 3;
const PAUSE_MS = 30_000;

/**
 * A server that takes nobody's mail is left alone for a while: after three tries in a row that never came to speak of
 * their mail, nothing is tried for half a minute, and then one mail at a time finds out. Of one process; another one
 * learns it by itself.
 */
@Injectable()
export class MailPause {
  private strikes = 0;
  private until = 0;

  constructor(private readonly clock: Clock) {}

  /** When to come back; null: now. */
  get end(): Date | null {
    return this.clock.now().getTime() < this.until ? new Date(this.until) : null;
  }

  serverIsAway(): void {
    this.strikes += 1;
    if (this.strikes >= STRIKES) this.until = this.clock.now().getTime() + PAUSE_MS;
  }

  /** It has spoken about a mail, whatever it said. */
  serverIsThere(): void {
    this.strikes = 0;
    this.until = 0;
  }
}
