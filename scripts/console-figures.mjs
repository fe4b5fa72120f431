// The console's figures, in a real Chromium against a fresh instance: its weight, how soon the first screen can be used,
// how soon a booking shows, and whether a thousand prospects scroll smoothly. Each with the load of the machine beside it.
//   node scripts/console-figures.mjs [--dist <folder>] [--console <folder>]
import { loadavg } from 'node:os';
import { MOST_FIRST_BYTES, weighConsole } from './bundle-report.mjs';
import { findChromium, launchChromium, NO_CHROMIUM } from './stage/chromium.mjs';
import { findBuild, startInstance } from './stage/instance.mjs';
import { inDays, Visitor } from './stage/visitor.mjs';

const MOST_FIRST_MS = 1_500;
const MOST_LIVE_MS = 300;
const VISITS = 5;
const BOOKINGS = 20;
const PROSPECTS = 1_000;
const LONG_FRAME_MS = 50;

const chromium = findChromium();
if (chromium === undefined) {
  console.error(NO_CHROMIUM);
  process.exit(1);
}
const build = findBuild({ withConsole: true });
const { firstBytes, first } = weighConsole(build.consoleDir);
report(
  'first load, gzip',
  `${(firstBytes / 1_000).toFixed(1)} kB in ${first.length} files`,
  `${MOST_FIRST_BYTES / 1_000} kB`,
);

const instance = await startInstance(build);
const browser = await launchChromium(chromium);
try {
  const visitor = new Visitor(instance);
  await visitor.signIn(instance.demo);
  await visitor.connect('calendly');
  await measureFirstScreen();
  await measureLiveRows(visitor);
  await measureScrolling(visitor);
} finally {
  await browser.close();
  await instance.stop();
}

/** From the navigation to the first screen of somebody who is signed in, nothing in the browser's cache. */
async function measureFirstScreen() {
  const context = await openContext();
  const page = await signIn(context);
  const state = await context.storageState();
  await page.context().close();
  const times = [];
  // The first visit warms the server and is not counted.
  for (let visit = 0; visit <= VISITS; visit += 1) {
    const fresh = await openContext({ storageState: state });
    const tab = await fresh.newPage();
    const begin = performance.now();
    await tab.goto(`${instance.url}/console/prospects`, { waitUntil: 'commit' });
    await tab.getByRole('row').nth(1).getByRole('link').waitFor();
    if (visit > 0) times.push(performance.now() - begin);
    await fresh.close();
  }
  report(`first screen usable, median of ${VISITS}`, `${Math.round(median(times))} ms`, `${MOST_FIRST_MS} ms`);
}

/**
 * From the moment Calendly's stand-in sends its webhook, our answer to it included, to the row in the open feed. Both
 * clocks are of this machine: the stand-in notes when it sent, the page when the row stood there.
 */
async function measureLiveRows(visitor) {
  const page = await signIn(await openContext());
  await page.goto(`${instance.url}/console/activity`);
  await page.getByText('En direct').first().waitFor();
  await page.evaluate(`
    window.seenAt = new Map();
    new MutationObserver(() => {
      for (const row of document.querySelectorAll('[role=log] li')) {
        const [name] = /Invité \\d+ direct/.exec(row.textContent) ?? [];
        if (name && !window.seenAt.has(name)) window.seenAt.set(name, Date.now());
      }
    }).observe(document.body, { childList: true, subtree: true, characterData: true });
  `);
  const times = [];
  for (let index = 0; index < BOOKINGS; index += 1) {
    const name = `Invité ${index} direct`;
    const email = `direct.${index}@example.test`;
    await visitor.book({ name, email, start: inDays(30 + index, '10:00') });
    const seenAt = await page.waitForFunction((who) => globalThis.seenAt.get(who), name, { polling: 20 });
    const sentAt = await visitor.until(
      async () => sendTimeOf(await visitor.look('calendly/deliveries'), email),
      'delivery',
    );
    times.push((await seenAt.jsonValue()) - sentAt);
  }
  await page.context().close();
  const sorted = times.toSorted((one, other) => one - other);
  report(
    `live row after the webhook was sent, median and p95 of ${BOOKINGS}`,
    `${Math.round(median(times))} ms, ${Math.round(sorted[Math.ceil(0.95 * BOOKINGS) - 1])} ms`,
    `${MOST_LIVE_MS} ms`,
  );
}

function sendTimeOf(deliveries, email) {
  const delivery = deliveries.find(({ body }) => JSON.stringify(body).includes(email));
  const attempt = delivery?.attempts?.at(-1);
  if (!attempt?.status) return undefined;
  return new Date(attempt.at).getTime();
}

/** A thousand rows on screen, scrolled from top to bottom: frames that took longer than a person overlooks. */
async function measureScrolling(visitor) {
  for (let index = 0; index < PROSPECTS; index += 1) {
    await visitor.call('POST', '/prospects', {
      firstname: 'Prospect',
      lastname: String(index),
      email: `p${index}@example.test`,
    });
  }
  const page = await signIn(await openContext());
  await page.goto(`${instance.url}/console/prospects`);
  await page.getByRole('row').nth(1).getByRole('link').waitFor();
  for (let rows = 0; rows < PROSPECTS;) {
    rows = await page.getByRole('row').count();
    const more = page.getByRole('button', { name: /^Afficher/ });
    if ((await more.count()) === 0) break;
    await more.click();
    await page.waitForFunction((known) => document.querySelectorAll('tr').length > known, rows);
  }
  const shown = await page.getByRole('row').count();
  const frames = await page.evaluate(`
    new Promise((done) => {
      const frames = [];
      window.scrollTo(0, 0);
      let last = performance.now();
      const end = document.documentElement.scrollHeight;
      const step = (now) => {
        frames.push(now - last);
        last = now;
        window.scrollBy(0, 400);
        if (window.scrollY + window.innerHeight >= end - 1) done(frames);
        else requestAnimationFrame(step);
      };
      requestAnimationFrame(step);
    })
  `);
  const long = frames.filter((ms) => ms > LONG_FRAME_MS).length;
  report(`scrolling ${shown - 1} prospects, frames over ${LONG_FRAME_MS} ms`, `${long} of ${frames.length}`);
}

async function signIn(context) {
  const page = await context.newPage();
  await page.goto(`${instance.url}/console/`);
  await page.getByRole('button', { name: 'Entrer avec le compte de démonstration' }).click();
  await page.getByRole('heading', { level: 1, name: 'Bonjour' }).waitFor();
  return page;
}

async function openContext(more = {}) {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 820 },
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    ...more,
  });
  context.setDefaultTimeout(60_000);
  return context;
}

function median(times) {
  return times.toSorted((one, other) => one - other)[Math.floor(times.length / 2)];
}

function report(what, figure, bar) {
  console.log(`${what}: ${figure}${bar ? ` (bar: ${bar})` : ''}, load ${loadavg()[0].toFixed(1)}`);
}
