import { type INestApplicationContext, Module, type Provider } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AccountsModule, accountsConfig, type Session } from '../../src/accounts/index.js';
import { ConnectedAccounts } from '../../src/integrations/connected-accounts.js';
import {
  type Integration,
  IntegrationsModule,
  integrationsConfig,
  type OAuthProfile,
  ProviderRegistry,
  TokenVault,
} from '../../src/integrations/index.js';
import { mailConfig } from '../../src/notifications/index.js';
import { Clock } from '../../src/platform/clock/clock.js';
import { ConfigModule } from '../../src/platform/config/config.module.js';
import { loadConfig } from '../../src/platform/config/load-config.js';
import { platformConfig } from '../../src/platform/config/platform.config.js';
import { CryptoModule } from '../../src/platform/crypto/crypto.module.js';
import { DatabaseModule } from '../../src/platform/database/database.module.js';
import { UnitOfWork } from '../../src/platform/database/unit-of-work.js';
import { EgressClient } from '../../src/platform/egress/egress.client.js';
import { EgressModule } from '../../src/platform/egress/egress.module.js';
import { JobMetrics } from '../../src/platform/jobs/job-metrics.js';
import { JobsConfig } from '../../src/platform/jobs/jobs.config.js';
import { JobsModule } from '../../src/platform/jobs/jobs.module.js';
import { EventLog } from '../../src/platform/logging/event-log.js';
import { Metrics } from '../../src/platform/metrics/metrics.js';
import { OutboxModule } from '../../src/platform/outbox/outbox.module.js';
import { DoubleProvider } from './double-provider.js';
import { basic, type DoubleAccount, type OAuthDouble } from './oauth-double.js';
import type { TestDatabase } from './test-database.js';

// Of tests only.
export const ENCRYPTION_KEY = '8c1f5b0a97e4d2636be1d87f20a93c5d4f7b61e8a0925ad3cb84f571e26d90a3';

export const ORGANIZATION = '01990000-0000-7000-8000-000000000001';
export const OTHER_ORGANIZATION = '01990000-0000-7000-8000-000000000002';
export const USER = '01990000-0000-7000-8000-00000000000a';
export const OTHER_USER = '01990000-0000-7000-8000-00000000000b';
export const COLLEAGUE = '01990000-0000-7000-8000-00000000000c';

export const JANE: DoubleAccount = { id: 'jane', email: 'jane@example.com', name: 'Jane' };

export interface IntegrationsApplicationOptions {
  readonly url: string;
  readonly role?: 'api' | 'worker' | 'all';
  readonly environment?: Record<string, string>;
  readonly providers?: Provider[];
  readonly write?: (line: string) => void;
}

/** Integrations on the real database, cipher, queue and outbox; the providers are what a test registers. */
export async function startIntegrationsApplication({
  url,
  role = 'api',
  environment = {},
  providers = [],
  write = () => undefined,
}: IntegrationsApplicationOptions): Promise<INestApplicationContext> {
  const config = loadConfig([platformConfig, accountsConfig, mailConfig, integrationsConfig], {
    NODE_ENV: 'test',
    ROLE: role,
    DATABASE_URL: url,
    ENCRYPTION_KEY,
    JWT_SECRET: ENCRYPTION_KEY,
    ...environment,
  });
  const log = new EventLog({ logFormat: 'json', logLevel: 'debug' }, write);

  @Module({
    providers: [Clock, Metrics, { provide: EventLog, useValue: log }, { provide: JobMetrics, useValue: undefined }],
    exports: [Clock, Metrics, EventLog, JobMetrics],
  })
  class Surroundings {}

  @Module({
    imports: [
      ConfigModule.of(new Map([...config, [JobsConfig, new JobsConfig(4, 200, 1_500, 3_000)] as const])),
      { module: Surroundings, global: true },
      DatabaseModule.connecting(url),
      CryptoModule,
      EgressModule,
      JobsModule,
      OutboxModule,
      AccountsModule,
      IntegrationsModule,
    ],
    providers,
  })
  class IntegrationsApplication {}

  return await NestFactory.createApplicationContext(IntegrationsApplication, { logger: false, abortOnError: false });
}

export function registerDouble(
  application: INestApplicationContext,
  doubleUrl: string,
  id = 'double',
  profile: Partial<OAuthProfile> = {},
  authorization = basic(),
): DoubleProvider {
  const provider = new DoubleProvider(application.get(EgressClient), doubleUrl, authorization, id, profile);
  application.get(ProviderRegistry, { strict: false }).register(provider);
  return provider;
}

export async function seedPeople(database: TestDatabase): Promise<void> {
  await database.query(
    `INSERT INTO organizations (id, name, slug, settings)
     VALUES ($1, 'One', 'one', '{"theme": {"dark": true}}'), ($2, 'Other', 'other', '{}')`,
    [ORGANIZATION, OTHER_ORGANIZATION],
  );
  await database.query(
    `INSERT INTO users (id, organization_id, email, email_key, name, role) VALUES
       ($1, $4, 'a@one.example', 'a@one.example', 'A', 'owner'), ($2, $5, 'b@other.example', 'b@other.example', 'B', 'owner'),
       ($3, $4, 'c@one.example', 'c@one.example', 'C', 'member')`,
    [USER, OTHER_USER, COLLEAGUE, ORGANIZATION, OTHER_ORGANIZATION],
  );
}

export function sessionOf(session: Partial<Session> = {}): Session {
  return {
    userId: USER,
    organizationId: ORGANIZATION,
    sessionId: 'session-1',
    role: 'owner',
    email: 'a@one.example',
    expiresAt: new Date(Date.now() + 900_000),
    ...session,
  };
}

/** A connection as the flow stores it, with a pair the double has issued. */
export async function seedConnection(
  application: INestApplicationContext,
  double: OAuthDouble,
  provider: DoubleProvider,
  account: DoubleAccount = JANE,
  organizationId = ORGANIZATION,
): Promise<Integration> {
  const pair = double.grant(account);
  const { integration } = await application.get(UnitOfWork).inOrganization({ organizationId }, (tx) =>
    application.get(ConnectedAccounts, { strict: false }).save(tx, {
      provider,
      userId: USER,
      account: { accountId: account.id, email: account.email, name: account.name, options: {} },
      grant: {
        ...pair,
        expiresInSeconds: 7_200,
        scope: 'read write',
        tokenType: 'Bearer',
        options: { organization: 'O1' },
      },
    }),
  );
  return integration;
}

/** What every caller of a provider does: ask whose account it is, with a token that must work at that moment. */
export async function askMe(
  application: INestApplicationContext,
  provider: DoubleProvider,
  integrationId: string,
  organizationId = ORGANIZATION,
): Promise<unknown> {
  return await application
    .get(TokenVault, { strict: false })
    .withAccess({ organizationId }, integrationId, (access) => provider.readMe(access));
}
