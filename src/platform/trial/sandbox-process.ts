import { fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What the stand-ins say when they are ready: where they are, and which variables lead to them. */
export interface SandboxReady {
  url: string;
  environment: Record<string, string>;
}

export interface SandboxProcess extends SandboxReady {
  stop(): void;
}

// A program of its own, reached by its path: the application imports nothing from it.
const ENTRY = fileURLToPath(new URL('../../../sandbox/main.js', import.meta.url));
const PATIENCE_MS = 15_000;

/** Starts the providers' stand-ins beside the application. They end with it, however it ends. */
export function startSandbox(environment: NodeJS.ProcessEnv): Promise<SandboxProcess> {
  if (!existsSync(ENTRY)) return Promise.reject(new Error('The sandbox is not part of this build; set SANDBOX=off'));
  return new Promise((resolve, reject) => {
    // It registers the redirect addresses of this very application, as a developer would in a provider's console.
    const address = { PUBLIC_URL: `http://localhost:${environment['PORT'] || 3000}` };
    const child = fork(ENTRY, { env: { ...address, ...environment }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    const timer = setTimeout(() => fail('did not become ready in time'), PATIENCE_MS);
    const fail = (reason: string) => {
      clearTimeout(timer);
      child.kill();
      reject(new Error(`The sandbox ${reason}`));
    };
    child.once('error', () => fail('could not be started'));
    child.once('exit', () => fail('ended before it was ready'));
    child.once('message', (message: SandboxReady) => {
      clearTimeout(timer);
      child.removeAllListeners('exit');
      child.unref();
      child.channel?.unref();
      resolve({ url: message.url, environment: message.environment, stop: () => void child.kill() });
    });
  });
}
