// How long from nothing to ready, the first time and the next, and what the process weighs when idle.
// Prints one line per start; needs a build (`npm run build`).
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const entry = fileURLToPath(new URL('../dist/src/main.js', import.meta.url));
const dataDir = mkdtempSync(join(tmpdir(), 'passerelle-start-'));
const IDLE_MS = 5_000;

try {
  console.log(`Node ${process.versions.node}, ${cpus().length} cores, ${process.platform}`);
  for (const which of ['first', 'second']) {
    const { readyMs, idleMb } = await measure();
    console.log(`${which} start: ready after ${(readyMs / 1_000).toFixed(2)} s, idle memory ${idleMb}`);
  }
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}

async function measure() {
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    PORT: '18450',
    SANDBOX: 'on',
    SANDBOX_PORT: '18451',
    LOG_FORMAT: 'json',
  };
  const begin = performance.now();
  const child = spawn(process.execPath, [entry], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve, reject) => {
    child.stdout.on('data', (chunk) => String(chunk).includes('"app.ready"') && resolve());
    child.once('exit', () => reject(new Error('It ended before it was ready')));
  });
  const readyMs = performance.now() - begin;
  await new Promise((resolve) => setTimeout(resolve, IDLE_MS));
  const idleMb = residentMemory(child.pid);
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  await ended;
  return { readyMs, idleMb };
}

function residentMemory(pid) {
  if (process.platform !== 'linux') return 'not measured on this system';
  const kilobytes = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1];
  return `${Math.round(Number(kilobytes) / 1_024)} MB`;
}
