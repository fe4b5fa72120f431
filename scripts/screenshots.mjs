// The pictures of the guides, taken anew: `node scripts/screenshots.mjs [--only <part of a name>] [--dist <folder>]
// [--console <folder>]`. A fresh instance, the same people and appointments each time, the days counted from today.
import { mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { findChromium, launchChromium, NO_CHROMIUM } from './stage/chromium.mjs';
import { findBuild, optionOf, startInstance } from './stage/instance.mjs';
import { inDays, Visitor } from './stage/visitor.mjs';

const FOLDER = fileURLToPath(new URL('../docs/images/', import.meta.url));
const SIZE = { width: 1280, height: 820 };
const MOST_BYTES = 150_000;
const ZOE = { name: 'Zoé Martin', email: 'zoe.martin@example.test' };

const only = optionOf('--only') ?? '';
const chromium = findChromium();
if (chromium === undefined) {
  console.error(NO_CHROMIUM);
  process.exit(1);
}
mkdirSync(FOLDER, { recursive: true });
const instance = await startInstance(findBuild({ withConsole: true }));
const browser = await launchChromium(chromium);
try {
  await takeAll();
} finally {
  await browser.close();
  await instance.stop();
}

async function takeAll() {
  const visitor = new Visitor(instance);
  await visitor.signIn(instance.demo);
  const page = await openPage();

  await page.goto(`${instance.url}/console/`);
  await page.getByRole('button', { name: 'Entrer avec le compte de démonstration' }).click();
  await page.getByText('étapes sur 4').waitFor();
  await take(page, 'tour-01-accueil');

  await goTo(page, 'Connexions');
  await page.getByRole('button', { name: 'Connecter Calendly' }).click();
  await page.getByRole('button', { name: 'Autoriser' }).waitFor();
  await take(page, 'tour-02-accord');
  await page.getByRole('button', { name: 'Autoriser' }).click();
  await page.getByText('L’import initial est terminé.').waitFor();
  await take(page, 'tour-03-connecte');

  await bookWeek(visitor);
  await goTo(page, 'Activité');
  await visitor.book({ ...ZOE, start: inDays(1, '14:00') });
  await feedRow(page, '14:00:00').getByText('E-mail envoyé').waitFor({ state: 'attached' });
  await take(page, 'tour-04-en-direct');

  const again = await visitor.book({ ...ZOE, start: inDays(1, '16:00'), type: 'presentation-produit' });
  await feedRow(page, '16:00:00').getByRole('link').click();
  const record = page.getByRole('dialog', { name: ZOE.name });
  await record.getByText('16:00:00').waitFor();
  await visitor.order('calendly/cancel', { invitee: again.invitees[0].uri });
  await record.getByText('Annulé', { exact: true }).waitFor();
  await take(page, 'tour-05-prospect');
  await page.keyboard.press('Escape');

  await goTo(page, 'Webhooks');
  await page.getByRole('searchbox').fill(ZOE.email);
  await page.getByText('3 lignes affichées').waitFor();
  await page.getByRole('row').filter({ hasText: 'invitee.created' }).last().getByRole('link').click();
  const delivery = page.getByRole('dialog', { name: 'invitee.created' });
  await delivery.getByText('Rendez-vous créé').waitFor();
  await take(page, 'tour-06-livraison');
  await page.keyboard.press('Escape');

  await visitor.connect('google');
  const training = await visitor.call('POST', '/formations', {
    title: 'Sécurité incendie',
    location: 'Salle Pasteur',
    time_zone: 'Europe/Paris',
    status: 'confirmed',
    sessions: [
      { starts_at: inDays(daysToMonday() + 1, '09:00'), ends_at: inDays(daysToMonday() + 1, '12:30') },
      { starts_at: inDays(daysToMonday() + 2, '09:00'), ends_at: inDays(daysToMonday() + 2, '12:30') },
    ],
    participants: [
      { name: 'Inès Roy', email: 'ines.roy@example.test', role: 'participant' },
      { name: 'Camille Démo', email: instance.demo.email, role: 'trainer' },
    ],
  });
  await visitor.call('POST', '/calendar-integration/google/export-formation', { formationId: training.id });
  await page.goto(`${instance.url}/console/agenda?date=${inDays(daysToMonday(), '12:00').slice(0, 10)}`);
  await page.locator('.agenda-entry').filter({ hasText: 'Sécurité incendie' }).first().waitFor();
  await take(page, 'tour-07-agenda');

  await page.goto(`${instance.url}/console/formations?open=${training.id}`);
  await page.getByText('dates à jour').waitFor();
  await take(page, 'tour-08-formation');

  await visitor.order('calendly/revoke-grants');
  await goTo(page, 'Connexions', { inNewDocument: true });
  await page.getByRole('button', { name: 'Synchroniser' }).first().click();
  await page.getByText('À reconnecter', { exact: true }).waitFor();
  await page.getByText('Lecture demandée').waitFor({ state: 'hidden' });
  await take(page, 'tour-09-a-reconnecter');
  await visitor.connect('calendly');

  await takeTwin('console-dark', { colorScheme: 'dark' }, '/connections', 'Entrer avec', 'Synchronisé');
  await takeTwin('console-en', { locale: 'en-GB' }, '/activity', 'Enter with', '14:00:00');
}

/** Enough of a week for an agenda to look like one. */
async function bookWeek(visitor) {
  const monday = daysToMonday();
  const guests = [
    ['Amélie Durand', 0, '09:30'],
    ['Karim Haddad', 0, '15:00'],
    ['Louise Petit', 3, '10:00'],
    ['Thomas Roux', 3, '14:30'],
    ['Jeanne Faure', 4, '11:00'],
  ];
  for (const [name, day, hour] of guests) {
    const email = `${name
      .normalize('NFD')
      .replace(/[^a-zA-Z ]/g, '')
      .toLowerCase()
      .replace(' ', '.')}@example.test`;
    await visitor.book({ name, email, start: inDays(monday + day, hour) });
    await visitor.until(async () => (await visitor.call('GET', `/prospects?search=${email}`)).length === 1, name);
  }
}

/** Of the week that comes: nothing in it is past, whatever the day. */
function daysToMonday() {
  return (8 - new Date().getDay()) % 7 || 7;
}

async function takeTwin(name, look, path, button, text) {
  const page = await openPage(look);
  await page.goto(`${instance.url}/console${path}`);
  await page.getByRole('button', { name: new RegExp(`^${button}`) }).click();
  await page.getByText(text).first().waitFor();
  await take(page, name);
  await page.context().close();
}

async function openPage(look = {}) {
  const context = await browser.newContext({
    viewport: SIZE,
    locale: 'fr-FR',
    timezoneId: 'Europe/Paris',
    colorScheme: 'light',
    reducedMotion: 'reduce',
    ...look,
  });
  context.setDefaultTimeout(60_000);
  return await context.newPage();
}

async function goTo(page, screen, { inNewDocument = false } = {}) {
  if (inNewDocument) await page.goto(`${instance.url}/console/`);
  await page.getByRole('navigation').getByRole('link', { name: screen, exact: true }).click();
  await page.getByRole('heading', { level: 1, name: screen }).waitFor();
}

function feedRow(page, text) {
  return page.getByRole('log').getByRole('listitem').filter({ hasText: text });
}

/** When nothing moves any more: no skeleton, no toast, no row that has just come, no focus ring. */
async function take(page, name) {
  if (!name.includes(only)) return;
  await page.waitForLoadState('networkidle');
  await page.locator('.skeleton').first().waitFor({ state: 'detached' });
  await page.locator('[data-sonner-toast]').first().waitFor({ state: 'detached' });
  await page.evaluate('document.activeElement?.blur?.()');
  await page.mouse.move(0, 0);
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  const { size } = statSync(path);
  console.log(`${name}.png  ${Math.round(size / 1_000)} kB`);
  if (size > MOST_BYTES) throw new Error(`${name}.png weighs more than ${MOST_BYTES / 1_000} kB`);
}
