import { Injectable } from '@nestjs/common';

export interface DemoLogin {
  email: string;
  password: string;
}

/**
 * What there is to try: known to the process that has started the stand-ins and made the demo account, and to nobody
 * before that. Without an offer the trial page asks for an account like any other front end.
 */
@Injectable()
export class TrialOffer {
  sandboxUrl: string | null = null;
  demo: DemoLogin | null = null;

  make(sandboxUrl: string, { email, password }: DemoLogin): void {
    this.sandboxUrl = sandboxUrl;
    this.demo = { email, password };
  }
}
