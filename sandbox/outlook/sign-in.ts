import { LoginError } from './login-error.js';
import type { Account } from './model.js';
import type { Settings } from './settings.js';
import { homeTenantId, type Store } from './store.js';

/** `common`, `organizations`, `consumers`, or one tenant by id or domain (contract 1). */
export type Authority = 'common' | 'organizations' | 'consumers' | { tenantId: string };

/** What the path names, checked against whom the application is registered for. */
export function readAuthority(name: string, store: Store, settings: Settings): Authority {
  const audience = settings.sign_in_audience;
  if (name === 'common' || name === 'organizations' || name === 'consumers') {
    if (audience === 'AzureADMyOrg') {
      throw new LoginError(
        'invalid_request',
        50_194,
        `Application is not configured as a multi-tenant application. Usage of the /${name} endpoint is not supported for such apps. Use a tenant-specific endpoint or configure the application to be multi-tenant.`,
      );
    }
    return name;
  }
  const tenant = store.findTenant(name);
  if (!tenant) {
    throw new LoginError('invalid_request', 90_002, `Tenant '${name}' not found. Check that the tenant exists.`);
  }
  if (tenant.id !== homeTenantId && audience === 'AzureADMyOrg') {
    throw new LoginError('unauthorized_client', 700_016, `Application was not found in the directory '${name}'.`);
  }
  return { tenantId: tenant.id };
}

/** Who may sign in where, and to this application at all (contract 1). */
export function checkAccount(account: Account, authority: Authority, settings: Settings): void {
  const { sign_in_audience: audience } = settings;
  const isPersonal = account.kind === 'personal';
  const isWorkOnly = audience === 'AzureADMyOrg' || audience === 'AzureADMultipleOrgs';
  if (isPersonal && (authority === 'organizations' || isWorkOnly)) throw notInTenant(account);
  if (!isPersonal && (authority === 'consumers' || audience === 'PersonalMicrosoftAccount')) {
    throw new LoginError('invalid_request', 500_208, 'The domain is not a valid login domain for the account type.');
  }
  if (typeof authority === 'object' && authority.tenantId !== account.tenantId) throw notInTenant(account);
}

function notInTenant({ email, kind }: Account): LoginError {
  const provider = kind === 'personal' ? 'live.com' : 'another directory';
  return new LoginError(
    'invalid_request',
    50_020,
    `User account '${email}' from identity provider '${provider}' does not exist in tenant and cannot access the application in that tenant.`,
  );
}
