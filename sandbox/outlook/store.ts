import type { SandboxClock } from '../clock.js';
import { derivedGuid } from './ids.js';
import { Mailbox } from './mailbox.js';
import type { Account, Tenant } from './model.js';
import type { Settings } from './settings.js';

/** Where every personal account lives. */
export const personalTenantId = '9188040d-6c67-4c5b-b112-36a304b66dad';
/** The tenant the application is registered in. */
export const homeTenantId = derivedGuid('tenant/home');
export const homeDomain = 'example.test';

/** Everything the stand-in remembers about Microsoft's side, tokens and subscriptions excepted. */
export class Store {
  readonly tenants = new Map<string, Tenant>();
  readonly accounts = new Map<string, Account>();
  readonly #mailboxes = new Map<string, Mailbox>();

  constructor(
    private readonly clock: SandboxClock,
    private readonly settings: Settings,
  ) {}

  clear(): void {
    for (const table of [this.tenants, this.accounts, this.#mailboxes]) table.clear();
  }

  tenantOf(account: Account): Tenant {
    const tenant = this.tenants.get(account.tenantId);
    if (!tenant) throw new Error(`no tenant ${account.tenantId}`);
    return tenant;
  }

  /** By id or by domain, as paths name it. */
  findTenant(name: string): Tenant | null {
    const wanted = name.toLowerCase();
    return [...this.tenants.values()].find(({ id, domain }) => id === wanted || domain === wanted) ?? null;
  }

  findAccountByEmail(email: string): Account | null {
    const wanted = email.toLowerCase();
    return [...this.accounts.values()].find((account) => account.email.toLowerCase() === wanted) ?? null;
  }

  mailboxes(): Mailbox[] {
    return [...this.#mailboxes.values()];
  }

  mailboxOf(account: Account): Mailbox {
    const found = this.#mailboxes.get(account.id) ?? new Mailbox(account, this.clock, this.settings);
    this.#mailboxes.set(account.id, found);
    return found;
  }
}
