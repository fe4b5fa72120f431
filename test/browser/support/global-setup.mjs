// What the specs of this folder need, made once for all of them; each step is told to Jest's workers by a variable. Where
// there is no Chromium nothing is made, one line says so, and the specs skip themselves.
import startPostgres from '../../support/global-setup.mjs';
import { findChromium, NO_CHROMIUM } from '../../../scripts/stage/chromium.mjs';
import { buildApplication } from './build-application.mjs';

export default async function globalSetup() {
  const chromium = findChromium();
  if (chromium === undefined) {
    process.stderr.write(`${NO_CHROMIUM}: the specs of test/browser are skipped.\n`);
    return;
  }
  const { server, console } = await buildApplication();
  process.env.PASSERELLE_BROWSER_CHROMIUM = chromium;
  process.env.PASSERELLE_BROWSER_SERVER = server;
  process.env.PASSERELLE_BROWSER_CONSOLE = console;
  // Another project of the same run may have started it already.
  if (process.env.PASSERELLE_TEST_POSTGRES_URL === undefined) await startPostgres();
}
