import { startSandboxServer } from '../server.js';
import type { GoogleControl } from './control.js';
import { type GoogleOptions, GoogleStandIn } from './google.stand-in.js';

export interface GoogleSandbox {
  readonly url: string;
  readonly authUrl: string;
  readonly tokenUrl: string;
  readonly revokeUrl: string;
  readonly userInfoUrl: string;
  /** `${apiUrl}/calendars/primary/events` */
  readonly apiUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
  /** The variables that point an application here. */
  readonly environment: Record<string, string>;
  readonly control: GoogleControl;
  close(): Promise<void>;
}

/** A Google of one's own on a free port. Instances in one process share nothing. */
export async function startGoogleSandbox(options: GoogleOptions & { port?: number } = {}): Promise<GoogleSandbox> {
  const { port = 0, ...googleOptions } = options;
  const { server, standIns } = await startSandboxServer(
    (origin) => [new GoogleStandIn(origin, googleOptions)] as const,
    port,
  );
  const [standIn] = standIns;
  const { app, links } = standIn.parts;
  return {
    url: server.url,
    authUrl: links.auth,
    tokenUrl: links.token,
    revokeUrl: links.revoke,
    userInfoUrl: links.userInfo,
    apiUrl: links.api,
    clientId: app.clientId,
    clientSecret: app.clientSecret,
    environment: standIn.environment(),
    control: standIn.control,
    close: () => server.close(),
  };
}
