import { startSandboxServer } from '../server.js';
import { type CalendlyOptions, CalendlyStandIn } from './calendly.stand-in.js';
import type { CalendlyControl } from './control.js';

export interface CalendlySandbox {
  readonly url: string;
  /** `${authUrl}/oauth/authorize`, `${authUrl}/oauth/token` */
  readonly authUrl: string;
  /** `${apiUrl}/users/me` */
  readonly apiUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  readonly signingKey: string;
  /** The variables that point an application here. */
  readonly environment: Record<string, string>;
  readonly control: CalendlyControl;
  close(): Promise<void>;
}

/** A Calendly of one's own on a free port. Instances in one process share nothing. */
export async function startCalendlySandbox(
  options: CalendlyOptions & { port?: number } = {},
): Promise<CalendlySandbox> {
  const { port = 0, ...calendlyOptions } = options;
  const { server, standIns } = await startSandboxServer(
    (origin) => [new CalendlyStandIn(origin, calendlyOptions)] as const,
    port,
  );
  const [standIn] = standIns;
  const { app, links } = standIn.parts;
  return {
    url: server.url,
    authUrl: links.auth,
    apiUrl: links.api,
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    signingKey: app.signingKey,
    environment: standIn.environment(),
    control: standIn.control,
    close: () => server.close(),
  };
}
