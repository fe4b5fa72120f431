import { startCalComSandbox } from '../../sandbox/cal-com/start-cal-com-sandbox.js';
import { type GoogleSandbox, startGoogleSandbox } from '../../sandbox/google/start-google-sandbox.js';
import { type OutlookSandbox, startOutlookSandbox } from '../../sandbox/outlook/start-outlook-sandbox.js';
import { type AppOptions, FRONTEND, startApp, type TestApp } from './app.js';

export interface WholeApp extends TestApp {
  readonly google: GoogleSandbox;
  readonly outlook: OutlookSandbox;
  readonly cal: Awaited<ReturnType<typeof startCalComSandbox>>;
}

/** The product with the stand-ins of all its providers: no route has the excuse that nothing is behind it. */
export async function startWholeApp(environment: AppOptions['environment'] = {}): Promise<WholeApp> {
  const google = await startGoogleSandbox({ redirectUris: [`${FRONTEND}/calendar/callback/google`] });
  const outlook = await startOutlookSandbox({ redirectUris: [`${FRONTEND}/calendar/callback/outlook`] });
  const cal = await startCalComSandbox();
  const app = await startApp({ standIns: [google, outlook, cal], environment });
  cal.control.setRedirectUris({ redirect_uris: [`${app.url}/api/cal/oauth-callback`] });
  return Object.assign(app, { google, outlook, cal });
}
