import 'reflect-metadata';
import { readFile, writeFile } from 'node:fs/promises';
import { text as readStream } from 'node:stream/consumers';
import { type INestApplicationContext, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { AppModule, configSlices } from './app.module.js';
import { commandEnvironment } from './platform/config/command-environment.js';
import { InvalidConfiguration, loadConfig } from './platform/config/load-config.js';
import { WrongEncryptionKey } from './platform/crypto/wrong-encryption-key.js';
import { UnitOfWork } from './platform/database/unit-of-work.js';
import { visitDatabase } from './platform/database/visited-database.js';
import {
  BadPrivacyArguments,
  ErasureRefused,
  NotAnAddress,
  PersonErasure,
  PersonExport,
  PRIVACY_USAGE,
  type PrivacyArguments,
  PrivacyModule,
  readPrivacyArguments,
} from './privacy/index.js';

const EX_CONFIG = 78;
const NOTHING_DONE = 2;

@Module({})
class PrivacyCommand {}

async function main(): Promise<void> {
  const given = readPrivacyArguments(process.argv.slice(2));
  const address = (given.emailFile === null ? await readStream(process.stdin) : await read(given.emailFile)).trim();
  // Everything that hears of an erasure must be there; jobs are left to those who run them.
  const environment = { ...(await commandEnvironment()), ROLE: 'api', LOG_LEVEL: 'error', LOG_FILE: '' };
  const config = loadConfig(configSlices, environment);
  await visitDatabase(environment, async (url) => {
    const command = { module: PrivacyCommand, imports: [AppModule.with(config, url), PrivacyModule] };
    const app = await NestFactory.createApplicationContext(command, { logger: false, abortOnError: false });
    try {
      await run(app, given, address);
    } finally {
      await app.close();
    }
  });
}

async function run(app: INestApplicationContext, given: PrivacyArguments, address: string): Promise<void> {
  const organizations = await listOrganizations(app, given);
  const answer: Record<string, unknown> = {};
  for (const id of organizations) {
    answer[id] =
      given.command === 'export'
        ? await app.get(PersonExport, { strict: false }).export(id, address)
        : await app.get(PersonErasure, { strict: false }).erase(id, address);
  }
  const text = `${JSON.stringify(answer, null, 2)}\n`;
  if (given.out === null) process.stdout.write(text);
  // Whoever may read it is for the operator to decide.
  else await writeFile(given.out, text, { mode: 0o600 });
}

async function listOrganizations(app: INestApplicationContext, { organizationId }: PrivacyArguments) {
  const rows = await app
    .get(UnitOfWork)
    .acrossOrganizations((tx) =>
      tx.query<{ id: string }>('SELECT id FROM organizations WHERE $1::uuid IS NULL OR id = $1 ORDER BY id', [
        organizationId,
      ]),
    );
  if (rows.length === 0 && organizationId !== null) throw new BadPrivacyArguments('There is no such organization.');
  return rows.map(({ id }) => id);
}

async function read(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    throw new BadPrivacyArguments('--email-file names a file that cannot be read.');
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  if (error instanceof BadPrivacyArguments) process.stderr.write(`\n${PRIVACY_USAGE}`);
  const isConfiguration = error instanceof InvalidConfiguration || error instanceof WrongEncryptionKey;
  const isRefusal = [BadPrivacyArguments, NotAnAddress, ErasureRefused].some((kind) => error instanceof kind);
  process.exitCode = isConfiguration ? EX_CONFIG : isRefusal ? NOTHING_DONE : 1;
});
