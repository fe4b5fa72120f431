import { CalComStandIn } from './cal-com/cal-com.stand-in.js';
import { defaultRedirectUris } from './calendly/client-app.js';
import { CalendlyStandIn } from './calendly/calendly.stand-in.js';
import { googleRedirectUris } from './google/client-app.js';
import { GoogleStandIn } from './google/google.stand-in.js';
import { MailStandIn } from './mail/mail.stand-in.js';
import { outlookRedirectUris } from './outlook/client-app.js';
import { OutlookStandIn } from './outlook/outlook.stand-in.js';
import { findFreePort, startSandboxServer } from './server.js';

// Run on its own, or forked by a parent that waits for the one message below. Whoever ends first ends the other's wait.
const callbackPath = '/auth/calendly/callback';
const usualPort = 4010;
const usualSmtpPort = 4025;

function calendlyRedirectUris(): string[] {
  const { CALENDLY_REDIRECT_URI, SANDBOX_CALENDLY_REDIRECT_URIS, PUBLIC_URL, FRONTEND_URL } = process.env;
  const listed = (SANDBOX_CALENDLY_REDIRECT_URIS ?? '').split(',').map((uri) => uri.trim());
  const served = [PUBLIC_URL, FRONTEND_URL]
    .filter(Boolean)
    .map((base) => `${base?.replace(/\/+$/, '')}${callbackPath}`);
  return [CALENDLY_REDIRECT_URI ?? '', ...listed, ...served, ...defaultRedirectUris].filter((uri) => uri !== '');
}

async function choosePort(): Promise<number> {
  const { SANDBOX_PORT } = process.env;
  if (SANDBOX_PORT === undefined || SANDBOX_PORT === '') return findFreePort(usualPort);
  const port = Number(SANDBOX_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw new Error('SANDBOX_PORT must be a port, 0 to 65535');
  return port;
}

const { server, standIns } = await startSandboxServer(
  (origin) => [
    new CalendlyStandIn(origin, { redirectUris: calendlyRedirectUris() }),
    new CalComStandIn(origin, { hosts: [process.env['PUBLIC_URL'], process.env['FRONTEND_URL']] }),
    new GoogleStandIn(origin, { redirectUris: googleRedirectUris(process.env) }),
    new OutlookStandIn(origin, { redirectUris: outlookRedirectUris(process.env) }),
    new MailStandIn(origin, { smtpPort: usualSmtpPort }),
  ],
  await choosePort(),
);
const environment = Object.assign({}, ...standIns.map((standIn) => standIn.environment())) as Record<string, string>;

const stop = () => void server.close().then(() => process.exit(0));
process.once('SIGTERM', stop);
process.once('SIGINT', stop);

if (process.send) {
  process.once('disconnect', stop);
  // A parent that is already gone is no error: there is nobody left to serve.
  process.send({ type: 'ready', url: server.url, environment }, undefined, undefined, (error) => error && stop());
} else {
  console.log(`Sandbox: ${server.url}\n`);
  for (const [name, value] of Object.entries(environment)) console.log(`${name}=${value}`);
}
