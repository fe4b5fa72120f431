import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DEMO_ACCOUNTS, DemoAccounts } from './accounts/index.js';
import { configureApp } from './app.configure.js';
import { AppModule, configSlices } from './app.module.js';
import { InvalidConfiguration, loadConfig, type LoadedConfig } from './platform/config/load-config.js';
import { ConsoleFolder } from './platform/console/console-folder.js';
import { PlatformConfig } from './platform/config/platform.config.js';
import { WrongEncryptionKey } from './platform/crypto/wrong-encryption-key.js';
import { EmbeddedPostgres } from './platform/database/embedded/embedded-postgres.js';
import { DatabaseNotReady, prepareDatabase } from './platform/database/prepare-database.js';
import { limitHeapGrowth } from './platform/heap-growth.js';
import { httpAdapter } from './platform/http/http-server.js';
import { EventLog } from './platform/logging/event-log.js';
import { greeting } from './platform/trial/greeting.js';
import type { SandboxProcess } from './platform/trial/sandbox-process.js';
import { TrialOffer } from './platform/trial/trial-offer.js';

/** sysexits.h: the configuration is wrong. A supervisor should not try again by itself. */
const EX_CONFIG = 78;

/** The second Ctrl-C, or the end of patience, ends what does not end by itself. */
const SHUTDOWN_PATIENCE_MS = 25_000;

/** From the variables that were given to an application that says it is ready, and ends on a signal. */
export async function runApplication(
  given: Readonly<Record<string, string | undefined>>,
  sandbox: SandboxProcess | undefined,
): Promise<void> {
  // What a person has set wins over what the stand-ins offer.
  const loaded = loadConfig(configSlices, { ...sandbox?.environment, ...given });
  const config = loaded.get(PlatformConfig) as PlatformConfig;
  if (config.runsJobs) limitHeapGrowth();
  const log = new EventLog(config);
  const embedded = config.databaseUrl === undefined ? await startDatabase(config, log) : undefined;
  let app: NestFastifyApplication | undefined;
  try {
    const databaseUrl = config.databaseUrl ?? embedded!.url;
    await prepareDatabase(
      {
        url: databaseUrl,
        migrationUrl: config.migrationDatabaseUrl ?? embedded?.ownerUrl,
        production: config.production,
        allowsSuperuser: config.allowsSuperuser,
      },
      log,
    );
    app = await createApp(loaded, databaseUrl, log);
    endOnSignals(app, log, { embedded, sandbox });
    await listen(app, config);
    if (sandbox) await offerTrial(app, sandbox);
    log.event('app.ready', { role: config.role, ms: Math.round(performance.now()) });
    if (!config.production && config.servesHttp) {
      greet(config, { embedded, sandbox, hasConsole: await app.get(ConsoleFolder).isBuilt() });
    }
  } catch (error) {
    // A start that failed leaves nothing behind for the next one to stumble over.
    await app?.close();
    sandbox?.stop();
    await embedded?.stop();
    throw error;
  }
}

async function createApp(loaded: LoadedConfig, databaseUrl: string, log: EventLog): Promise<NestFastifyApplication> {
  const config = loaded.get(PlatformConfig) as PlatformConfig;
  const app = await NestFactory.create<NestFastifyApplication>(
    AppModule.with(loaded, databaseUrl),
    httpAdapter(config),
    {
      logger: log,
      bodyParser: false,
      return503OnClosing: true,
      routeConflictPolicy: { duplicate: 'error' },
      // Nest would end the process by itself; a start that failed has things to put away first.
      abortOnError: false,
    },
  );
  configureApp(app);
  return app;
}

async function offerTrial(app: NestFastifyApplication, sandbox: SandboxProcess): Promise<void> {
  await app.get(DemoAccounts).ensureDemoAccounts();
  app.get(TrialOffer).make(sandbox.url, DEMO_ACCOUNTS[0]);
}

function greet(
  config: PlatformConfig,
  {
    embedded,
    sandbox,
    hasConsole,
  }: { embedded: EmbeddedPostgres | undefined; sandbox: SandboxProcess | undefined; hasConsole: boolean },
): void {
  process.stdout.write(
    greeting({
      address: config.publicUrl,
      sandboxUrl: sandbox?.url,
      hasConsole,
      database: embedded ? `intégré, dans ${config.dataDir}` : 'DATABASE_URL',
      login: sandbox && DEMO_ACCOUNTS[0],
      milliseconds: performance.now(),
    }),
  );
}

function startDatabase(config: PlatformConfig, log: EventLog): Promise<EmbeddedPostgres> {
  return EmbeddedPostgres.start({ dataDir: config.dataDir, log: (event, fields) => log.event(event, fields as never) });
}

/** A worker has nothing to serve but still lives through the same beginning and end. */
async function listen(app: NestFastifyApplication, config: PlatformConfig): Promise<void> {
  if (config.servesHttp) await app.listen(config.port, config.host);
  else await app.init();
}

/** In this order: stop accepting, finish the jobs, close the pools, and only then the database itself. */
function endOnSignals(
  app: NestFastifyApplication,
  log: EventLog,
  { embedded, sandbox }: { embedded: EmbeddedPostgres | undefined; sandbox: SandboxProcess | undefined },
): void {
  let ending = false;
  const end = async (signal: NodeJS.Signals) => {
    if (ending) process.exit(1);
    ending = true;
    log.event('app.stopping', { signal });
    setTimeout(() => process.exit(1), SHUTDOWN_PATIENCE_MS).unref();
    await app.close();
    sandbox?.stop();
    await embedded?.stop();
    log.event('app.stopped', {});
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
    process.on(signal, () => {
      end(signal).catch((error: unknown) => {
        log.failure('app.stop_failed', error);
        process.exit(1);
      });
    });
  }
}

/** In a sentence on standard error, where that says it all. */
export function endInFailure(error: unknown): never {
  const isConfiguration = [InvalidConfiguration, WrongEncryptionKey, DatabaseNotReady].some(
    (kind) => error instanceof kind,
  );
  process.stderr.write(`${explain(error)}\n`);
  process.exit(isConfiguration ? EX_CONFIG : 1);
}

function explain(error: unknown): string {
  const { code, port } = error as { code?: unknown; port?: unknown };
  if (code === 'EADDRINUSE') {
    return `Le port ${String(port)} est déjà pris : libérez-le, ou choisissez-en un autre, par exemple PORT=3001.`;
  }
  return error instanceof Error ? error.message : String(error);
}
