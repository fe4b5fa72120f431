export default async function globalTeardown() {
  await globalThis.passerelleTestServer?.stop();
}
