import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { IS_LONG } from '../support/long-tests.js';
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
  '/account',
  '/return/calendly',
];
/** Each screen is judged by itself in the console's own tests; here as a browser paints it, all of them in the long form. */
function sampleOf(paths: readonly string[]): readonly string[] {
  return IS_LONG ? paths : paths.filter((_, index) => index % 4 === 0);
}

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

  it.each(sampleOf(SCREENS))('has nothing against WCAG 2.2 AA at %s', async (path) => {
    await goWithin(page, path);
    expect(await judge()).toEqual([]);
  });

  it.each(sampleOf(LISTS))('has nothing against it in what a row of %s opens', async (path) => {
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

  it.each(['/login', '/register', '/nowhere'])('has nothing against it at %s, for a stranger', async (path) => {
    const found: string[] = [];
    for (const language of ['fr', 'en'] as const) {
      const stranger = await visit(browser, { language });
      await stranger.page.goto(`${app.url}/console${path}`);
      await stranger.page.getByRole('heading', { level: 1 }).waitFor();
      found.push(...(await look(stranger, language)));
      await stranger.page.context().close();
    }
    expect(found).toEqual([]);
  });

  /** What stands open, in both languages. */
  async function judge(): Promise<string[]> {
    await speak('fr');
    const found = await look(visitor, 'fr');
    await speak('en');
    return [...found, ...(await look(visitor, 'en'))];
  }

  /**
   * In both widths and themes. What a theme changes are colours, and what a language changes are words: so colours are
   * judged in each theme and width but not again in each language, and all the rest in each language and width.
   */
  async function look({ page: seen, settled }: Visitor, language: 'fr' | 'en'): Promise<string[]> {
    const found: string[] = [];
    for (const size of [WIDE, NARROW]) {
      await seen.setViewportSize(size);
      await settled();
      const where = `${language}, ${size.width} px`;
      const isJudgedForColours = (language === 'fr') === (size === WIDE);
      const rest = await findViolations(seen, 'all but colours');
      found.push(...rest.map((violation) => `${where}: ${violation}`));
      for (const colorScheme of isJudgedForColours ? (['light', 'dark'] as const) : []) {
        await seen.emulateMedia({ colorScheme });
        await seen.locator(`html[data-theme=${colorScheme}]`).waitFor();
        await settled();
        const colours = await findViolations(seen, 'colours');
        found.push(...colours.map((violation) => `${where}, ${colorScheme}: ${violation}`));
      }
      const overflow = await findOverflow(seen);
      if (overflow > 0) found.push(`${where}: ${overflow} px too wide`);
    }
    return found;
  }

  /** By the switch of the page, which a dialog keeps from a hand but not from here. */
  async function speak(language: 'fr' | 'en'): Promise<void> {
    await page.locator(`button[lang=${language}]:not([role="dialog"] *)`).dispatchEvent('click');
    await page.locator(`html[lang=${language}]`).waitFor();
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
