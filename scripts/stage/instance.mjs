// A fresh instance for a script: the build as it runs, with a data folder, ports and stand-ins of its own, gone at the end.
import { spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildWhenStale } from '../build-when-stale.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

/** The folder after `--dist`, or the usual one, built when it is older than its sources; the same for `--console`. */
export function findBuild({ withConsole = false } = {}) {
  const dist = optionOf('--dist');
  const consoleDir = optionOf('--console');
  if (dist === undefined) buildWhenStale({ withConsole: withConsole && consoleDir === undefined, say: console.error });
  return { dist: resolve(dist ?? join(root, 'dist')), consoleDir: resolve(consoleDir ?? join(root, 'console/dist')) };
}

export function optionOf(name) {
  const { argv } = process;
  const place = argv.indexOf(name);
  if (place >= 0) return argv[place + 1];
  return argv.find((argument) => argument.startsWith(`${name}=`))?.slice(name.length + 1);
}

export async function startInstance({ dist, consoleDir }) {
  const dataDir = mkdtempSync(join(tmpdir(), 'passerelle-stage-'));
  // Root runs PostgreSQL under another account, which must be able to enter.
  chmodSync(dataDir, 0o711);
  const port = await findFreePort();
  const begin = performance.now();
  const child = spawn(process.execPath, [join(dist, 'src/main.js')], {
    // Away from any .env, and without what this shell may know of real accounts.
    cwd: dataDir,
    env: {
      PATH: process.env.PATH,
      SystemRoot: process.env.SystemRoot,
      TZ: process.env.TZ,
      HOME: process.env.HOME,
      DATA_DIR: dataDir,
      CONSOLE_DIR: consoleDir,
      PORT: String(port),
      SANDBOX: 'on',
      SANDBOX_PORT: '0',
      LOG_FORMAT: 'json',
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = new Promise((done) => child.once('exit', done));
  const stop = async () => {
    child.kill('SIGTERM');
    await ended;
    rmSync(dataDir, { recursive: true, force: true });
  };
  try {
    await new Promise((ready, fail) => {
      child.stdout.on('data', (chunk) => String(chunk).includes('"app.ready"') && ready());
      child.once('exit', (code) => fail(new Error(`The instance ended (${code}) before it was ready`)));
    });
    const url = `http://localhost:${port}`;
    const { sandbox_url: sandboxUrl, demo } = await (await fetch(`${url}/trial/config.json`)).json();
    return { url, sandboxUrl, demo, readyMs: performance.now() - begin, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

function findFreePort() {
  return new Promise((found, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => found(port));
    });
  });
}
