import { configSlice } from '../config/config-slice.js';
import { oneOf } from '../config/variables.js';

/** Whether the providers' stand-ins run beside the application. */
export class TrialConfig {
  constructor(readonly sandbox: 'auto' | 'on' | 'off') {}
}

export const trialConfig = configSlice(TrialConfig, { SANDBOX: oneOf('auto', 'on', 'off').default('auto') }, (env) => {
  return new TrialConfig(env.SANDBOX);
});

/** Variables that give a provider its credentials: with one of them set, somebody means a real service. */
const CREDENTIALS = ['CALENDLY_CLIENT_ID', 'GOOGLE_CLIENT_ID', 'OUTLOOK_CLIENT_ID', 'CAL_CLIENT_ID'];

export function wantsSandbox(environment: NodeJS.ProcessEnv): boolean {
  const wish = environment['SANDBOX'] || 'auto';
  if (wish !== 'auto') return wish === 'on';
  return environment['NODE_ENV'] !== 'production' && !CREDENTIALS.some((name) => environment[name]);
}
