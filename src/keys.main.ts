import 'reflect-metadata';
import { commandEnvironment } from './platform/config/command-environment.js';
import { InvalidConfiguration, loadConfig } from './platform/config/load-config.js';
import { PlatformConfig, platformConfig } from './platform/config/platform.config.js';
import { Keyring } from './platform/crypto/keyring.js';
import { BadKeyArguments, KEY_USAGE, readKeyArguments } from './platform/crypto/keys/key-arguments.js';
import { type RecordKeyWork, runKeyCommand } from './platform/crypto/keys/key-commands.js';
import { KeyWorkRefused } from './platform/crypto/keys/key-desk.js';
import { WrongEncryptionKey } from './platform/crypto/wrong-encryption-key.js';
import { withCommandWork } from './platform/database/command-work.js';
import { visitDatabase } from './platform/database/visited-database.js';

/** sysexits.h: the configuration is wrong, which is where the keys come from. */
const EX_CONFIG = 78;
const NOTHING_DONE = 2;

async function main(): Promise<number> {
  const given = readKeyArguments(process.argv.slice(2));
  const environment = await commandEnvironment();
  const config = loadConfig([platformConfig], environment).get(PlatformConfig) as PlatformConfig;
  const keyring = new Keyring(config);
  const say = (line: string) => void process.stdout.write(`${line}\n`);
  return await visitDatabase(environment, (url) =>
    withCommandWork(url, 'passerelle keys', (work) => runKeyCommand({ work, keyring, say }, given, record)),
  );
}

// Loaded when there is something to record: the accounts come with half of the application, and the work need not wait.
const record: RecordKeyWork = async (tx, action, kekId) => {
  const { AuditTrail } = await import('./accounts/index.js');
  await new AuditTrail().record(tx, { actor: { type: 'system' }, action, object: { type: 'key', id: kekId } });
};

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    if (error instanceof BadKeyArguments) process.stderr.write(`\n${KEY_USAGE}`);
    const isConfiguration = error instanceof InvalidConfiguration || error instanceof WrongEncryptionKey;
    const isRefusal = error instanceof BadKeyArguments || error instanceof KeyWorkRefused;
    process.exitCode = isConfiguration ? EX_CONFIG : isRefusal ? NOTHING_DONE : 1;
  },
);
