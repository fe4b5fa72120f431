import { configSlice } from '../platform/config/config-slice.js';
import { flag } from '../platform/config/variables.js';

export class OutgoingWebhooksConfig {
  constructor(
    /**
     * Whether webhooks may go to private addresses, and over plain http: for a host application on the same machine or
     * network. Off by default, because then whoever administers an organization could make this server call its
     * neighbours.
     */
    readonly allowsPrivate: boolean,
  ) {}
}

export const outgoingWebhooksConfig = configSlice(
  OutgoingWebhooksConfig,
  { OUTGOING_WEBHOOKS_ALLOW_PRIVATE: flag().default(false) },
  (env) => new OutgoingWebhooksConfig(env.OUTGOING_WEBHOOKS_ALLOW_PRIVATE),
);
