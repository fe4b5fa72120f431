// The walk a newcomer would take, done by two browsers on two instances, with everything they see printed.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const runner = fileURLToPath(new URL('test.mjs', import.meta.url));
const { status } = spawnSync(process.execPath, [runner, 'test/e2e/calendly-walk'], {
  env: { ...process.env, DEMO_PRINT: '1' },
  stdio: 'inherit',
});
process.exit(status ?? 1);
