import { configSlice } from '../config/config-slice.js';
import { flag, oneOf, text } from '../config/variables.js';

export class TrialConfig {
  constructor(
    /** Whether the providers' stand-ins run beside the application. */
    readonly sandbox: 'auto' | 'on' | 'off',
    /** Whether the trial page answers at `/`, and to the redirects that come back from a provider. */
    readonly servesPage: boolean,
  ) {}
}

export const trialConfig = configSlice(
  TrialConfig,
  {
    // Judged by the platform's own slice; here only its consequences matter.
    NODE_ENV: text().optional(),
    SANDBOX: oneOf('auto', 'on', 'off').default('auto'),
    TRIAL_PAGE: flag().optional(),
  },
  (env) => new TrialConfig(env.SANDBOX, env.TRIAL_PAGE ?? env.NODE_ENV !== 'production'),
);

/** Variables that give a provider its credentials: with one of them set, somebody means a real service. */
const CREDENTIALS = ['CALENDLY_CLIENT_ID', 'GOOGLE_CLIENT_ID', 'OUTLOOK_CLIENT_ID', 'CAL_CLIENT_ID'];

export function wantsSandbox(environment: NodeJS.ProcessEnv): boolean {
  const wish = environment['SANDBOX'] || 'auto';
  if (wish !== 'auto') return wish === 'on';
  return environment['NODE_ENV'] !== 'production' && !CREDENTIALS.some((name) => environment[name]);
}
