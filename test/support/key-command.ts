import { loadConfig } from '../../src/platform/config/load-config.js';
import { PlatformConfig, platformConfig } from '../../src/platform/config/platform.config.js';
import { Keyring } from '../../src/platform/crypto/keyring.js';
import { BadKeyArguments, readKeyArguments } from '../../src/platform/crypto/keys/key-arguments.js';
import { type RecordKeyWork, runKeyCommand } from '../../src/platform/crypto/keys/key-commands.js';
import { KeyWorkRefused } from '../../src/platform/crypto/keys/key-desk.js';
import { withCommandWork } from '../../src/platform/database/command-work.js';
import { type CompiledProcess, spawnCompiled } from './compiled-process.js';

/** `npm run keys` as a process of its own, without the build. */
export function spawnKeys(args: readonly string[], environment: Record<string, string>): CompiledProcess {
  return spawnCompiled('../../src/keys.main.ts', args, { NODE_ENV: 'test', ...environment });
}

/** The same command in this process, on connections of its own: all but what only a process can show. */
export async function runKeys(
  args: readonly string[],
  environment: Record<string, string>,
  record: RecordKeyWork,
): Promise<{ code: number; text: string }> {
  const lines: string[] = [];
  const config = loadConfig([platformConfig], { NODE_ENV: 'test', ...environment }).get(PlatformConfig);
  const keyring = new Keyring(config as PlatformConfig);
  try {
    const given = readKeyArguments(args);
    const code = await withCommandWork(environment['DATABASE_URL'] ?? '', 'passerelle keys', (work) =>
      runKeyCommand({ work, keyring, say: (line) => lines.push(line) }, given, record),
    );
    return { code, text: lines.join('\n') };
  } catch (error) {
    if (!(error instanceof KeyWorkRefused || error instanceof BadKeyArguments)) throw error;
    return { code: 2, text: error.message };
  }
}
