import { Injectable } from '@nestjs/common';
import { PlatformConfig } from '../platform/config/platform.config.js';
import { UnitOfWork } from '../platform/database/unit-of-work.js';
import { Problem } from '../platform/errors/problem.js';
import { emailTaken } from './accounts.problems.js';
import { toEmailKey } from './email-address.js';
import { type NewAccount, Registration } from './registration.service.js';

const PASSWORD = 'passerelle-demo';

/** What the start page may print: the account to try things with, and a neighbour who must see nothing of it. */
export const DEMO_ACCOUNTS: readonly [NewAccount, NewAccount] = [
  { organizationName: 'Atelier Démo', name: 'Camille Démo', email: 'demo@passerelle.test', password: PASSWORD },
  { organizationName: 'Atelier Voisin', name: 'Sacha Voisin', email: 'voisin@passerelle.test', password: PASSWORD },
];

/** The accounts of a trial, with a password that everybody knows: for the sandbox, and never in production. */
@Injectable()
export class DemoAccounts {
  constructor(
    private readonly platform: PlatformConfig,
    private readonly work: UnitOfWork,
    private readonly registration: Registration,
  ) {}

  /** May be called at every start, by several processes at once. */
  async ensureDemoAccounts(): Promise<void> {
    if (this.platform.production) throw new Error('Demo accounts are never created in production');
    for (const account of DEMO_ACCOUNTS) {
      if (!(await this.exists(account.email))) await this.create(account);
    }
  }

  private async exists(email: string): Promise<boolean> {
    const rows = await this.work.acrossOrganizations((tx) =>
      tx.query('SELECT id FROM users WHERE email_key = $1 AND password_hash IS NOT NULL AND removed_at IS NULL', [
        toEmailKey(email),
      ]),
    );
    return rows.length > 0;
  }

  private async create(account: NewAccount): Promise<void> {
    try {
      await this.registration.createAccount(account, async () => undefined);
    } catch (error) {
      // Another process was faster.
      if (!(error instanceof Problem && error.is(emailTaken))) throw error;
    }
  }
}
