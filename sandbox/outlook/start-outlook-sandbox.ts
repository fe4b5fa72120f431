import { startSandboxServer } from '../server.js';
import type { OutlookControl } from './control.js';
import { type OutlookOptions, OutlookStandIn } from './outlook.stand-in.js';

export interface OutlookSandbox {
  readonly url: string;
  /** `${loginUrl}/{tenant}/oauth2/v2.0/authorize`, `${loginUrl}/{tenant}/oauth2/v2.0/token` */
  readonly loginUrl: string;
  /** `${graphUrl}/me` */
  readonly graphUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The variables that point an application here. */
  readonly environment: Record<string, string>;
  readonly control: OutlookControl;
  close(): Promise<void>;
}

/** A Microsoft of one's own on a free port. Instances in one process share nothing. */
export async function startOutlookSandbox(options: OutlookOptions & { port?: number } = {}): Promise<OutlookSandbox> {
  const { port = 0, ...outlookOptions } = options;
  const { server, standIns } = await startSandboxServer(
    (origin) => [new OutlookStandIn(origin, outlookOptions)] as const,
    port,
  );
  const [standIn] = standIns;
  const { app, links } = standIn.parts;
  return {
    url: server.url,
    loginUrl: links.login,
    graphUrl: links.graph,
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    environment: standIn.environment(),
    control: standIn.control,
    close: () => server.close(),
  };
}
