import { configSlice } from '../platform/config/config-slice.js';
import { flag } from '../platform/config/variables.js';

export class IntegrationsConfig {
  constructor(
    /**
     * Accepts a callback without `state` from administrators, for front ends that open the consent page by themselves.
     * Off by default: such a code could have been given by somebody else.
     */
    readonly allowsStatelessCallback: boolean,
  ) {}
}

export const integrationsConfig = configSlice(
  IntegrationsConfig,
  { OAUTH_ALLOW_STATELESS_CALLBACK: flag().default(false) },
  (env) => new IntegrationsConfig(env.OAUTH_ALLOW_STATELESS_CALLBACK),
);
