import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { ask } from '../support/chaos/client.js';
import { type Application, startApplication } from './support/application.js';
import { startStaticHost, type StaticHost } from './support/static-host.js';
import { describeInBrowser, openChromium, visit, type Visitor } from './support/visitor.js';

// As console/README.md tells it: the console on a host of files, the server at another origin, no redirect in between.
describeInBrowser('the console, built alone and served from another origin', () => {
  let host: StaticHost;
  let app: Application;
  let browser: Browser;
  let visitor: Visitor;
  let page: Page;
  /** Everything the page has asked for, by the origin it was asked of. */
  const asked = new Map<string, string[]>();

  beforeAll(async () => {
    host = await startStaticHost();
    const returns = `${host.origin}/console/return`;
    [app, browser] = await Promise.all([
      startApplication({
        environment: {
          FRONTEND_URL: `${host.origin}/console/`,
          CALENDLY_REDIRECT_URI: `${returns}/calendly`,
          GOOGLE_REDIRECT_URI: `${returns}/google`,
          OUTLOOK_REDIRECT_URI: `${returns}/outlook`,
          CALENDAR_SUCCESS_URL: `${returns}/cal-com?outcome=success`,
          CALENDAR_ERROR_URL: `${returns}/cal-com?outcome=error`,
        },
      }),
      openChromium(),
    ]);
    await host.serveConsoleFor(app.url);
    visitor = await visit(browser);
    page = visitor.page;
    page.on('request', (request) => {
      if (request.isNavigationRequest()) return;
      const { origin, pathname } = new URL(request.url());
      asked.set(origin, [...(asked.get(origin) ?? []), pathname]);
    });
  });

  afterEach(() => expect(visitor.complaints()).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await app?.close();
    await host?.close();
  });

  it('asks whoever opens one of its addresses to sign in, and then shows what they came for', async () => {
    await page.goto(`${host.origin}/console/prospects`);
    await enter();
    await page.getByRole('heading', { level: 1, name: 'Prospects' }).waitFor();
    expect(page.url()).toBe(`${host.origin}/console/prospects`);
    await page.getByText('En direct').first().waitFor();
  });

  it.each([
    ['Calendly', 'ceci n’est pas Calendly', 'Autoriser'],
    ['Google Calendar', 'ceci n’est pas Google', 'Continuer'],
    ['Outlook', 'ceci n’est pas Microsoft', 'Accepter'],
  ])('comes back from the consent page of %s and finishes the connection', async (provider, notice, agree) => {
    await goTo('Connexions');
    await page.getByRole('button', { name: `Connecter ${provider}` }).click();
    await page.getByText(notice).first().waitFor();
    await page.getByRole('button', { name: agree }).click();
    await page.getByText(`${provider} est connecté`).waitFor();
    expect(page.url()).toMatch(`${host.origin}/console/return/`);
    expect(page.url()).not.toMatch(/code=|state=/);
  });

  it('comes back from linking a calendar at Cal.com, which finishes with the server', async () => {
    await goTo('Connexions');
    await page.getByRole('button', { name: 'Connecter Cal.com' }).click();
    await page.getByText('Connecté', { exact: true }).nth(3).waitFor();
    await page.goto(`${host.origin}/console/connections/cal-com?tab=calendars`);
    await page.getByRole('button', { name: 'Relier Google Calendar' }).click();
    await page.getByRole('button', { name: 'Autoriser' }).click();
    await page.getByText('Cal.com est connecté').waitFor();
    expect(page.url()).toBe(`${host.origin}/console/return/cal-com?outcome=success`);
  });

  it('hears what happens, without a reload', async () => {
    await goTo('Activité');
    await page.getByText('En direct').first().waitFor();
    await page.evaluate('window.sameDocument = true');
    await app.order('calendly/book', { invitees: [{ name: 'Ada Loin', email: 'ada.loin@example.test' }] });
    await page
      .getByText(/Ada Loin a réservé/)
      .first()
      .waitFor();
    expect(await page.evaluate('window.sameDocument')).toBe(true);
  });

  it('leads to the way in when the session has ended, and back to where they were', async () => {
    await goTo('Prospects');
    await page.getByRole('link', { name: 'Ada Loin' }).click();
    await page.getByRole('dialog', { name: 'Ada Loin' }).waitFor();
    const here = page.url();
    const { accessToken } = await page.evaluate<{ accessToken: string }>(
      'JSON.parse(localStorage.getItem("passerelle.session"))',
    );
    await ask(app.url, 'POST', '/api/auth/logout', { token: accessToken });
    await page.getByText('Votre session est terminée').waitFor();
    await enter();
    await page.getByRole('dialog', { name: 'Ada Loin' }).waitFor();
    expect(page.url()).toBe(here);
    // What a browser says by itself of an answer with 401.
    expect(visitor.complaints().filter((complaint) => !complaint.includes('401'))).toEqual([]);
  });

  it('asks its own host for nothing but its files, and the server for nothing but answers', () => {
    for (const path of asked.get(host.origin) ?? []) {
      expect(path).toMatch(/^\/console\/(assets\/[\w.-]+-[\w-]{8}\.(js|css)|first-paint\.js|icon\.svg)$/);
    }
    expect((asked.get(app.url) ?? []).filter((path) => path.startsWith('/console'))).toEqual([]);
    expect(asked.get(app.url)).toEqual(expect.arrayContaining(['/api/prospects', '/api/meta']));
  });

  async function enter(): Promise<void> {
    await page.getByRole('button', { name: 'Entrer avec le compte de démonstration' }).click();
  }

  async function goTo(screen: string): Promise<void> {
    await page.getByRole('navigation').getByRole('link', { name: screen, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: screen }).waitFor();
  }
});
