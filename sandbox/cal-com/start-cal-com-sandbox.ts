import { startSandboxServer } from '../server.js';
import { type CalComOptions, CalComStandIn } from './cal-com.stand-in.js';
import type { CalComControl } from './control.js';

export interface CalComSandbox {
  readonly url: string;
  /** With `/v2` at its end: `${apiUrl}/me`. */
  readonly apiUrl: string;
  /** `${appUrl}/auth/oauth2/authorize` */
  readonly appUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The variables that point an application here. */
  readonly environment: Record<string, string>;
  readonly control: CalComControl;
  close(): Promise<void>;
}

/** A Cal.com of one's own on a free port. Instances in one process share nothing. */
export async function startCalComSandbox(options: CalComOptions & { port?: number } = {}): Promise<CalComSandbox> {
  const { port = 0, ...calComOptions } = options;
  const { server, standIns } = await startSandboxServer(
    (origin) => [new CalComStandIn(origin, calComOptions)] as const,
    port,
  );
  const [standIn] = standIns;
  const { app, links } = standIn.parts;
  return {
    url: server.url,
    apiUrl: links.api,
    appUrl: links.app,
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    environment: standIn.environment(),
    control: standIn.control,
    close: () => server.close(),
  };
}
