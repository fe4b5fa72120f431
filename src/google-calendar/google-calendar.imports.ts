import { type ProviderFailure, toProviderProblem } from '../integrations/index.js';
import type { Problem } from '../platform/errors/problem.js';
import type { GoogleCalendarProvider } from './google-calendar.provider.js';

/** A run keeps the kind of what stopped it and nothing else; whoever waits for it is told in full what to do. */
export function failedImport(provider: GoogleCalendarProvider, code: string | null): Problem {
  return toProviderProblem(provider, toFailure(provider, code));
}

function toFailure({ calendar, oauth }: GoogleCalendarProvider, code: string | null): ProviderFailure {
  switch (code) {
    case 'reauthorize':
    case 'unauthorized':
    case 'temporary':
    case 'timeout':
    case 'contract':
      return { kind: code };
    case 'insufficient-scope':
      return { kind: code, missing: calendar.scopes.read };
    case 'forbidden':
      return { kind: code, reason: 'permission-denied' };
    case 'misconfigured':
      return { kind: code, variable: oauth.missingVariables.join(', ') || 'GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET' };
    default:
      return { kind: 'unexpected' };
  }
}
