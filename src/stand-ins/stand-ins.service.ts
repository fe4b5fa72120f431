import { Injectable } from '@nestjs/common';
import { PlatformConfig } from '../platform/config/platform.config.js';
import { Problem } from '../platform/errors/problem.js';
import { TrialOffer } from '../platform/trial/trial-offer.js';
import { gestureUnknown, nothingThere, sandboxMissing, sandboxUnreachable } from './stand-ins.problems.js';

/** Something that the stand-in of a service can be told to do by a word alone. */
export interface Gesture {
  readonly standIn: string;
  readonly gesture: string;
}

const PATIENCE_MS = 5_000;

/**
 * The hands behind the stand-ins that this process has started, for a page that may not reach them itself: they are of
 * another origin, and on loopback. Only their gestures are passed on, no other control; and none in production, whatever
 * has been started there.
 */
@Injectable()
export class StandIns {
  constructor(
    private readonly trial: TrialOffer,
    private readonly platform: PlatformConfig,
  ) {}

  /** Empty where there is no sandbox. */
  async list(): Promise<Gesture[]> {
    const address = this.findAddress();
    if (address === null) return [];
    const response = await this.ask(new URL('/_sandbox/gestures', address), 'GET');
    const known = (await response.json()) as { stand_in: string; gesture: string }[];
    return known.map(({ stand_in: standIn, gesture }) => ({ standIn, gesture }));
  }

  async make({ standIn, gesture }: Gesture): Promise<void> {
    const address = this.findAddress();
    if (address === null) throw new Problem(sandboxMissing);
    const { status } = await this.ask(new URL(`/_sandbox/${standIn}/gestures/${gesture}`, address), 'POST');
    if (status === 404) throw new Problem(gestureUnknown);
    if (status === 409) throw new Problem(nothingThere);
    if (status !== 200) throw new Problem(sandboxUnreachable);
  }

  private findAddress(): string | null {
    return this.platform.production ? null : this.trial.sandboxUrl;
  }

  private async ask(address: URL, method: 'GET' | 'POST'): Promise<Response> {
    try {
      return await fetch(address, { method, redirect: 'error', signal: AbortSignal.timeout(PATIENCE_MS) });
    } catch (cause) {
      throw new Problem(sandboxUnreachable, { cause });
    }
  }
}
