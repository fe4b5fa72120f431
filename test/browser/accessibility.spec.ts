import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { findOverflow, findViolations } from './support/accessibility.js';
import { type Application, startApplication } from './support/application.js';
import { Organization } from './support/organization.js';
import { describeInBrowser, enterAsDemo, goWithin, openChromium, visit, type Visitor } from './support/visitor.js';

const WIDE = { width: 1280, height: 820 };
const NARROW = { width: 320, height: 820 };

const SCREENS = [
  '/',
  '/connections',
  '/connections/calendly',
  '/connections/calendly?tab=rules',
  '/connections/calendly?tab=danger',
  '/connections/google-calendar?tab=calendars',
  '/activity',
  '/prospects',
  '/agenda?view=week',
  '/agenda?view=month',
  '/agenda?view=list',
  '/formations',
  '/notifications',
  '/notifications?tab=preferences',
  '/webhooks',
  '/webhooks?tab=sent',
  '/sync-runs',
  '/mails',
  '/sandbox',
  '/system',
  '/return/calendly',
  '/nowhere',
];
const LISTS = ['/prospects', '/formations', '/webhooks', '/sync-runs', '/mails'];

describeInBrowser('the console, in both languages and themes, wide and narrow', () => {
  let app: Application;
  let browser: Browser;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApplication(), openChromium()]);
    const organization = await Organization.ofDemo(app);
    await organization.connect('calendly');
    await organization.connect('google');
    await organization.book('Zoé Martin', 'zoe.martin@example.test', tomorrowAt('13:00'));
    await organization.call('POST', '/formations', TRAINING);
    visitor = await visit(browser);
    page = visitor.page;
    await enterAsDemo(page, app.url);
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it.each(SCREENS)('has nothing against WCAG 2.2 AA at %s', async (path) => {
    await goWithin(page, path);
    expect(await judge()).toEqual([]);
  });

  it.each(LISTS)('has nothing against it in what a row of %s opens', async (path) => {
    await page.setViewportSize(WIDE);
    await goWithin(page, path);
    await visitor.settled();
    await page.getByRole('row').nth(1).getByRole('link').first().click();
    await page.getByRole('dialog').waitFor();
    expect(await judge()).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it.each(['/prospects', '/formations'])('has nothing against it in the form of %s', async (path) => {
    await page.setViewportSize(WIDE);
    await goWithin(page, path);
    await visitor.settled();
    await page.getByRole('button', { name: /^(Nouveau|Nouvelle|New) / }).click();
    await page.getByRole('dialog').waitFor();
    expect(await judge()).toEqual([]);
    await page.keyboard.press('Escape');
  });

  it.each(['/login', '/register'])('has nothing against it at %s, before somebody signs in', async (path) => {
    const stranger = await visit(browser);
    await stranger.page.goto(`${app.url}/console${path}`);
    await stranger.page.getByRole('heading', { level: 1 }).waitFor();
    expect(await judge(stranger)).toEqual([]);
    await stranger.page.context().close();
  });

  /** In both languages, what stands open; the first is that of the visitor. */
  async function judge(somebody = visitor): Promise<string[]> {
    const found: string[] = [];
    for (const language of ['fr', 'en']) {
      await speak(somebody.page, language);
      await somebody.settled();
      for (const size of [WIDE, NARROW]) {
        await somebody.page.setViewportSize(size);
        await somebody.page.emulateMedia({ colorScheme: 'light' });
        const light = await findViolations(somebody.page);
        // The themes differ in their colours alone.
        await somebody.page.emulateMedia({ colorScheme: 'dark' });
        const dark = await findViolations(somebody.page, 'colours');
        const overflow = await findOverflow(somebody.page);
        const where = `${language}, ${size.width} px`;
        found.push(...light.map((violation) => `${where}: ${violation}`));
        found.push(...dark.map((violation) => `${where}, dark: ${violation}`));
        if (overflow > 0) found.push(`${where}: ${overflow} px too wide`);
      }
    }
    return found;
  }

  /** By the switch of the page, which a dialog keeps from a hand but not from here. */
  async function speak(somewhere: Page, language: string): Promise<void> {
    await somewhere.locator(`button[lang=${language}]`).dispatchEvent('click');
    await somewhere.locator(`html[lang=${language}]`).waitFor();
  }
});

const TRAINING = {
  title: 'Sécurité incendie',
  location: 'Salle Pasteur',
  time_zone: 'Europe/Paris',
  status: 'confirmed',
  sessions: [{ starts_at: tomorrowAt('08:00'), ends_at: tomorrowAt('11:30') }],
  participants: [{ name: 'Inès Roy', email: 'ines.roy@example.test', role: 'participant' }],
};

function tomorrowAt(hour: string): string {
  return `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T${hour}:00Z`;
}
