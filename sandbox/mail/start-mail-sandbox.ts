import { startSandboxServer } from '../server.js';
import type { MailControl } from './control.js';
import { type MailOptions, MailStandIn } from './mail.stand-in.js';

export interface MailSandbox {
  readonly url: string;
  /** The variables that point an application here. */
  readonly environment: Record<string, string>;
  readonly control: MailControl;
  close(): Promise<void>;
}

/** A mail server of one's own on free ports. Instances in one process share nothing. */
export async function startMailSandbox(options: MailOptions & { port?: number } = {}): Promise<MailSandbox> {
  const { port = 0, ...mailOptions } = options;
  const { server, standIns } = await startSandboxServer(
    (origin) => [new MailStandIn(origin, mailOptions)] as const,
    port,
  );
  const [standIn] = standIns;
  return {
    url: server.url,
    environment: standIn.environment(),
    control: standIn.control,
    close: () => server.close(),
  };
}
