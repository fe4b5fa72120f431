import 'reflect-metadata';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Module } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';
import { DataSource } from 'typeorm';
import { AppModule, configSlices } from './app.module.js';
import { type Diagnosis, diagnosisText, Doctor, examineConfiguration, toDiagnosisDto } from './doctor/index.js';
import { type OAuthProvider, ProviderRegistry } from './integrations/index.js';
import { commandEnvironment } from './platform/config/command-environment.js';
import type { LoadedConfig } from './platform/config/load-config.js';
import { PlatformConfig } from './platform/config/platform.config.js';
import { EmbeddedPostgres } from './platform/database/embedded/embedded-postgres.js';
import { visitDatabase } from './platform/database/visited-database.js';
import { httpAdapter } from './platform/http/http-server.js';
import { PlatformModule } from './platform/platform.module.js';

@Module({})
class Examined {}

/**
 * Looks at the installation without starting it: the parts are put together and never set going, so that also a
 * configuration with which the application refuses to start can be looked at. Nothing is written.
 */
async function main(): Promise<void> {
  const environment = await commandEnvironment();
  const { config, findings } = examineConfiguration(configSlices, environment);
  const platform = config.get(PlatformConfig) as PlatformConfig;
  const diagnosis = await withDatabaseUrl(platform, environment, async (url) => {
    const doctor = await assemble(config, platform, url);
    return await doctor.examine({ organizationId: null }, { known: findings, hasDatabase: url !== null });
  });
  const isForMachines = process.argv.includes('--json');
  const locale = /^(?:en|C\b|POSIX)/.test(environment['LC_ALL'] || environment['LANG'] || 'fr') ? 'en' : 'fr';
  process.stdout.write(
    isForMachines ? `${JSON.stringify(toDiagnosisDto(diagnosis), null, 2)}\n` : diagnosisText(diagnosis, locale),
  );
  process.exitCode = diagnosis.status === 'error' ? 1 : 0;
}

async function withDatabaseUrl(
  { databaseUrl, dataDir }: PlatformConfig,
  environment: NodeJS.ProcessEnv,
  look: (url: string | null) => Promise<Diagnosis>,
): Promise<Diagnosis> {
  if (databaseUrl !== undefined) return await look(databaseUrl);
  const running = await EmbeddedPostgres.findRunning(dataDir);
  if (running !== null) return await look(running.url);
  // Before the first start there is no database, and looking is no reason to make one.
  if (!existsSync(join(dataDir, 'postgres.json'))) return await look(null);
  return await visitDatabase({ ...environment, DATABASE_URL: '', DATA_DIR: dataDir }, look);
}

async function assemble(config: LoadedConfig, platform: PlatformConfig, url: string | null): Promise<Doctor> {
  const parts = { module: Examined, imports: [AppModule, PlatformModule.with(config, url ?? '', { isLazy: true })] };
  const app = await NestFactory.create(parts, httpAdapter(platform), { logger: false, abortOnError: false });
  registerProviders(app.get(ModulesContainer), app.get(ProviderRegistry, { strict: false }));
  // The check of the database says what is wrong with it.
  if (url !== null) {
    await app
      .get(DataSource)
      .initialize()
      .catch(() => undefined);
  }
  return app.get(Doctor, { strict: false });
}

/** They register when the application is set going, which it is not; each is recognised by what it can do. */
function registerProviders(modules: ModulesContainer, registry: ProviderRegistry): void {
  for (const { providers } of modules.values()) {
    for (const { instance } of providers.values()) {
      if (isOAuthProvider(instance) && registry.find(instance.id) === null) registry.register(instance);
    }
  }
}

function isOAuthProvider(instance: unknown): instance is OAuthProvider {
  return (
    typeof instance === 'object' &&
    instance !== null &&
    'oauth' in instance &&
    'exchangeCode' in instance &&
    'id' in instance
  );
}

main().then(
  // Pools and agents of the parts that were put together would keep the process alive.
  () => process.exit(),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
);
