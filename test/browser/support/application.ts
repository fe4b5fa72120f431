import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { findFreePort } from '../../../src/platform/database/embedded/free-port.js';
import { ask } from '../../support/chaos/client.js';
import { type CompiledProcess, watchProcess } from '../../support/compiled-process.js';
import { createTestDatabase } from '../../support/test-database.js';

export interface Application {
  /** Where the console is served: a visitor's address. */
  readonly url: string;
  readonly sandboxUrl: string;
  /** One of the stand-ins' controls, as `calendly/book`. */
  order(path: string, body?: object): Promise<unknown>;
  /** SIGTERM and the end of it. The stand-ins go on only where they were started apart. */
  stop(): Promise<void>;
  /** With its variables changed, as by somebody who has edited the configuration meanwhile. */
  start(change?: (environment: Environment) => Environment): Promise<void>;
  close(): Promise<void>;
}

export type Environment = Readonly<Record<string, string>>;

export interface ApplicationOptions {
  /** The stand-ins in a process of their own, so that they outlive the server. There is no demo account then. */
  readonly standInsApart?: boolean;
  /** Variables beside, or instead of, those of a trial on this machine. */
  readonly environment?: Environment;
}

/** The product as `npm start` runs it, in a process of its own with a database and ports of its own. */
export async function startApplication({
  standInsApart = false,
  environment = {},
}: ApplicationOptions = {}): Promise<Application> {
  const server = setting('PASSERELLE_BROWSER_SERVER');
  const database = await createTestDatabase();
  const port = await findFreePort(null);
  const url = `http://localhost:${port}`;
  const secrets = { encryption: randomBytes(32).toString('hex'), sessions: randomBytes(32).toString('hex') };
  const own: CompiledProcess[] = [];
  let current: CompiledProcess | undefined;

  const standIns = standInsApart ? await startStandIns(server, url) : null;
  if (standIns) own.push(standIns.process);

  const start = async (change = (before: Environment) => before): Promise<string> => {
    const running = watchProcess('the application', [join(server, 'src/main.js')], {
      ...change(standIns?.environment ?? {}),
      DATABASE_URL: database.url,
      ENCRYPTION_KEY: secrets.encryption,
      JWT_SECRET: secrets.sessions,
      PORT: String(port),
      LOG_FORMAT: 'json',
      CONSOLE_DIR: setting('PASSERELLE_BROWSER_CONSOLE'),
      SANDBOX: standIns ? 'off' : 'on',
      SANDBOX_PORT: '0',
      ...environment,
    });
    current = running;
    own.push(running);
    await running.line((line) => line.includes('"app.ready"'));
    if (standIns) return standIns.url;
    const { body } = await ask(url, 'GET', '/trial/config.json');
    return (body as { sandbox_url: string }).sandbox_url;
  };
  const sandboxUrl = await start();

  return {
    url,
    sandboxUrl,
    order: async (path, body = {}) => {
      const answer = await ask(sandboxUrl, 'POST', `/_sandbox/${path}`, { body });
      if (answer.status >= 300)
        throw new Error(`${path} was answered ${answer.status}: ${JSON.stringify(answer.body)}`);
      return answer.body;
    },
    stop: async () => await current?.end(),
    start: async (change) => void (await start(change)),
    close: async () => {
      for (const process of own.toReversed()) await process.end();
      await database.drop();
    },
  };
}

interface StandIns {
  readonly url: string;
  readonly environment: Record<string, string>;
  readonly process: CompiledProcess;
}

async function startStandIns(server: string, publicUrl: string): Promise<StandIns> {
  const process = watchProcess('the stand-ins', [join(server, 'sandbox/main.js')], {
    SANDBOX_PORT: '0',
    PUBLIC_URL: publicUrl,
  });
  const [, url] = /^Sandbox: (\S+)/.exec(await process.line((line) => line.startsWith('Sandbox: '))) ?? [];
  // What it says on its own: where it is, then a variable a line, those of the mail last.
  await process.line((line) => line.startsWith('MAIL_FROM='));
  const variables = process.lines.flatMap((line) => [...line.matchAll(/^([A-Z_]+)=(.*)$/g)]);
  return {
    url: url ?? '',
    environment: Object.fromEntries(variables.map(([, name, value]) => [name, value])),
    process,
  };
}

function setting(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: these specs are for the browser project of Jest.`);
  return value;
}
