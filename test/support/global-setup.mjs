// Jest loads this file outside its sandbox, where its transform does not reach the modules imported from here; so
// TypeScript is made readable first.
import './register-typescript.mjs';

export default async function globalSetup() {
  const { startTestServer } = await import('./test-server.ts');
  globalThis.passerelleTestServer = await startTestServer();
}
