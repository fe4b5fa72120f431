import { configSlice } from './config-slice.js';
import { readEncryptionKeys } from './encryption-keys.js';
import { flag, httpUrl, keyDigits, list, oneOf, text, wholeNumber } from './variables.js';

export class PlatformConfig {
  constructor(
    readonly production: boolean,
    readonly host: string,
    readonly port: number,
    /** Where this server is reached from outside; redirect and webhook addresses are made from it, never from a request. */
    readonly publicUrl: string,
    readonly frontendUrl: string,
    readonly corsOrigins: readonly string[],
    /** Unset: the embedded server under `dataDir`. */
    readonly databaseUrl: string | undefined,
    readonly dataDir: string,
    readonly encryptionKey: string,
    readonly previousEncryptionKeys: readonly string[],
    readonly role: 'api' | 'worker' | 'all',
    readonly docsEnabled: boolean,
    readonly metricsToken: string | undefined,
    readonly trustProxy: boolean,
    readonly logFormat: 'json' | 'pretty',
    readonly logLevel: 'error' | 'warn' | 'log' | 'debug',
    /** Beside standard output: a file that is rotated daily. */
    readonly logFile: string | undefined,
    /** Where the keys came from that are kept in files: such a file may gain a key while the process runs. */
    readonly encryptionKeyFiles: readonly string[] = [],
    /** For the role that owns the tables. Unset: `databaseUrl` is for that role, or somebody else migrates. */
    readonly migrationDatabaseUrl?: string,
    /** Whether production may run with a database role that row-level security does not hold. */
    readonly allowsSuperuser: boolean = false,
  ) {}

  get servesHttp(): boolean {
    return this.role !== 'worker';
  }

  get runsJobs(): boolean {
    return this.role !== 'api';
  }
}

export const platformConfig = configSlice(
  PlatformConfig,
  {
    NODE_ENV: oneOf('development', 'test', 'production').default('development'),
    HOST: text().default('127.0.0.1'),
    PORT: wholeNumber(0, 65_535).default(3000),
    PUBLIC_URL: httpUrl().optional(),
    FRONTEND_URL: httpUrl().optional(),
    CORS_ORIGINS: list().optional(),
    DATABASE_URL: postgresUrl().optional(),
    MIGRATION_DATABASE_URL: postgresUrl().optional(),
    DATABASE_ALLOW_SUPERUSER: flag().default(false),
    DATA_DIR: text().default('.passerelle'),
    ENCRYPTION_KEY: keyDigits().optional(),
    ENCRYPTION_KEY_FILE: text().optional(),
    ENCRYPTION_KEYS_PREVIOUS: list().optional(),
    ENCRYPTION_KEYS_PREVIOUS_FILE: text().optional(),
    ROLE: oneOf('api', 'worker', 'all').default('all'),
    DOCS_ENABLED: flag().default(true),
    METRICS_TOKEN: text().min(16, { error: 'must have at least 16 characters' }).optional(),
    TRUST_PROXY: flag().default(false),
    LOG_FORMAT: oneOf('json', 'pretty').optional(),
    LOG_LEVEL: oneOf('error', 'warn', 'log', 'debug').default('log'),
    LOG_FILE: text().optional(),
  },
  (env, report) => {
    const production = env.NODE_ENV === 'production';
    const publicUrl = env.PUBLIC_URL ?? `http://localhost:${env.PORT}`;
    const frontendUrl = env.FRONTEND_URL ?? publicUrl;

    if (production && env.DATABASE_URL === undefined) {
      report('DATABASE_URL', 'is required in production: the embedded PostgreSQL is for trying out and development');
    }
    if (env.MIGRATION_DATABASE_URL !== undefined && env.DATABASE_URL === undefined) {
      report(
        'MIGRATION_DATABASE_URL',
        'is of no use without DATABASE_URL: the embedded PostgreSQL has roles of its own',
      );
    }
    if (production && env.PUBLIC_URL === undefined) {
      report('PUBLIC_URL', 'is required in production: providers redirect and call back to it');
    }
    if (production && env.PUBLIC_URL?.startsWith('http:')) {
      report('PUBLIC_URL', 'must be https in production');
    }
    const { primary, previous } = readEncryptionKeys(env, report);

    return new PlatformConfig(
      production,
      env.HOST,
      env.PORT,
      publicUrl,
      frontendUrl,
      env.CORS_ORIGINS ?? [new URL(frontendUrl).origin],
      env.DATABASE_URL,
      env.DATA_DIR,
      primary,
      previous,
      env.ROLE,
      env.DOCS_ENABLED,
      env.METRICS_TOKEN,
      env.TRUST_PROXY,
      env.LOG_FORMAT ?? (production ? 'json' : 'pretty'),
      env.LOG_LEVEL,
      env.LOG_FILE,
      [env.ENCRYPTION_KEY_FILE, env.ENCRYPTION_KEYS_PREVIOUS_FILE].filter((path) => path !== undefined),
      env.MIGRATION_DATABASE_URL,
      env.DATABASE_ALLOW_SUPERUSER,
    );
  },
);

function postgresUrl() {
  return text().refine((value) => /^postgres(ql)?:\/\//.test(value), {
    error: 'must begin with postgres:// or postgresql://',
  });
}
