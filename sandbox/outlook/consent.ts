import { type AuthorizationRequest, describeFault, returnTo } from './authorization-request.js';
import type { Grants } from './grants.js';
import { LoginError } from './login-error.js';
import type { Account } from './model.js';
import type { Settings } from './settings.js';
import { checkAccount } from './sign-in.js';
import type { Store } from './store.js';

/** `needs-admin`: the person was shown the approval page and could only leave it. */
export type Decision = 'accept' | 'refuse' | 'needs-admin';

interface Office {
  grants: Grants;
  settings: Settings;
  store: Store;
}

/** Where the browser goes once somebody has answered. An account that may not sign in here stays on Microsoft's page. */
export function decide(office: Office, request: AuthorizationRequest, account: Account, decision: Decision): string {
  const { grants, settings, store } = office;
  checkAccount(account, request.authority, settings);
  if (decision === 'refuse') {
    const declined = new LoginError('access_denied', 65_004, 'User declined to consent to access the app.');
    return returnTo(request, { ...describeFault(declined), error_subcode: 'cancel' });
  }
  const { allowsUserConsent, hasAdminConsent } = store.tenantOf(account);
  if (decision === 'needs-admin' || !(allowsUserConsent || hasAdminConsent)) {
    return returnTo(request, describeFault(adminNeeded(settings)));
  }
  return returnTo(request, { code: grants.issueCode(account, request) });
}

/** `prompt=none`: yes without a page, if the hint names somebody who said yes before; nobody is ever signed in here. */
export function decideSilently(office: Office, request: AuthorizationRequest): string {
  const { grants, store } = office;
  const account = store.findAccountByEmail(request.parameters.login_hint ?? '');
  const asFault = (error: string, aadsts: number, message: string) =>
    returnTo(request, describeFault(new LoginError(error, aadsts, message)));
  if (!account) {
    return asFault('login_required', 50_058, 'A silent sign-in request was sent but no user is signed in.');
  }
  if (!grants.hasConsented(account, request.scopes)) {
    return asFault('interaction_required', 65_001, 'The user has not consented to use the application.');
  }
  return decide(office, request, account, 'accept');
}

function adminNeeded({ admin_approval_error: error }: Settings): LoginError {
  if (error === 'consent_required') {
    return new LoginError(error, 65_001, 'The user or administrator has not consented to use the application.');
  }
  return new LoginError(error, 90_094, 'An administrator of the tenant must approve the application.');
}
