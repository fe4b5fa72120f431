import { setTimeout as sleep } from 'node:timers/promises';
import { describe, jest } from '@jest/globals';
import { type Browser, chromium, type Locator, type Page } from 'playwright-core';

// A whole application and a browser are started, on a machine that may be busy with other tests.
jest.setTimeout(90_000);

const CHROMIUM = process.env['PASSERELLE_BROWSER_CHROMIUM'];

/** Skipped where there is no Chromium; the setup of this project has said so. */
export const describeInBrowser = CHROMIUM === undefined ? describe.skip : describe;

/** How long something on screen may take, on a machine that is busy with something else. */
export const PATIENCE_MS = 20_000;

const QUIET_LOOK_MS = 60;
const IS_CHANGING = 'document.getAnimations().some((animation) => animation instanceof CSSTransition)';

export type Scheme = 'light' | 'dark';

export interface Visit {
  readonly language?: 'fr' | 'en';
  readonly scheme?: Scheme;
  readonly width?: number;
}

/** Somebody at a screen. */
export interface Visitor {
  readonly page: Page;
  /** Another tab of theirs. */
  openTab: (url: string) => Promise<Page>;
  /** Ends when nothing is asked of the server any more, and what came stands on the page. */
  settled: () => Promise<void>;
  /** What the browser has complained about since the last time it was asked, in all tabs. */
  complaints: () => string[];
}

export async function openChromium(): Promise<Browser> {
  return await chromium.launch({
    executablePath: CHROMIUM,
    // Root may not have Chromium’s own sandbox, and containers are root.
    args: process.getuid?.() === 0 ? ['--no-sandbox'] : [],
  });
}

export async function visit(
  browser: Browser,
  { language = 'fr', scheme = 'light', width = 1280 }: Visit = {},
): Promise<Visitor> {
  const context = await browser.newContext({
    viewport: { width, height: 820 },
    locale: language === 'fr' ? 'fr-FR' : 'en-GB',
    timezoneId: 'Europe/Paris',
    colorScheme: scheme,
    reducedMotion: 'reduce',
  });
  context.setDefaultTimeout(PATIENCE_MS);
  const heard: string[] = [];
  context.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') {
      heard.push(`${message.type()}: ${message.text()} (${message.location().url})`);
    }
  });
  context.on('weberror', (error) => heard.push(`thrown: ${error.error().message}`));
  const page = await context.newPage();
  let asked = 0;
  page.on('request', () => (asked += 1));
  for (const end of ['requestfinished', 'requestfailed'] as const)
    page.on(end as 'requestfinished', () => (asked -= 1));
  const visitor: Visitor = {
    page,
    settled: async () => {
      // A request may lead to the next: quiet is what lasts.
      for (let quietLooks = 0; quietLooks < 3; quietLooks = asked === 0 ? quietLooks + 1 : 0)
        await sleep(QUIET_LOOK_MS);
      await page.locator('.skeleton').first().waitFor({ state: 'detached' });
      // Half-way between two colours nothing is as it will be read.
      while (await page.evaluate<boolean>(IS_CHANGING)) await sleep(QUIET_LOOK_MS);
    },
    openTab: async (url) => {
      const tab = await context.newPage();
      await tab.goto(url);
      return tab;
    },
    complaints: () => heard.splice(0),
  };
  return visitor;
}

/** By the button of the sign-in screen; ends on the home screen. */
export async function enterAsDemo(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/console/`);
  await page.getByRole('button', { name: /compte de démonstration|demo account/ }).click();
  await page.getByRole('heading', { level: 1, name: /Bonjour|Hello|Welcome/ }).waitFor();
}

/** What the browser makes of all style sheets together. */
export async function styleOf(element: Locator, property: string): Promise<string> {
  return await element.evaluate(
    (node, name) => (globalThis as unknown as Styling).getComputedStyle(node).getPropertyValue(name),
    property,
  );
}

/** The browser's own, of which the types of Node know nothing. */
interface Styling {
  getComputedStyle(node: unknown): { getPropertyValue(name: string): string };
}

/** Another address without a new document, as a link of the console leads there. */
export async function goWithin(page: Page, path: string): Promise<void> {
  await page.evaluate((to) => {
    const here = globalThis as unknown as Going;
    here.history.pushState({}, '', to);
    here.dispatchEvent(new here.PopStateEvent('popstate'));
  }, `/console${path}`);
}

interface Going {
  history: { pushState(state: object, title: string, address: string): void };
  dispatchEvent(event: object): void;
  PopStateEvent: new (name: string) => object;
}
