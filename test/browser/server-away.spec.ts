import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type Application, startApplication } from './support/application.js';
import { Organization } from './support/organization.js';
import { describeInBrowser, openChromium, visit, type Visitor } from './support/visitor.js';

const GUESTS = ['Ada Un', 'Ada Deux', 'Ada Trois', 'Ada Quatre', 'Ada Cinq'];

describeInBrowser('a page that stays open while the server is away', () => {
  let app: Application;
  let organization: Organization;
  let browser: Browser;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApplication({ standInsApart: true }), openChromium()]);
    organization = await Organization.register(app);
    await organization.connect('calendly');
    visitor = await visit(browser);
    page = visitor.page;
    await page.goto(`${app.url}/console/activity`);
    await page.getByLabel('Adresse e-mail').fill(organization.login.email);
    await page.getByLabel('Mot de passe').fill(organization.login.password);
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await page.getByRole('heading', { level: 1, name: 'Activité' }).waitFor();
    await page.getByText('En direct').first().waitFor();
    await page.evaluate('window.sameDocument = true');
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it('says that the network is gone, keeps what it shows, and comes back by itself', async () => {
    await goTo('Prospects');
    await page.getByRole('link', { name: 'Inès Roy' }).waitFor();
    const context = page.context();
    await context.setOffline(true);
    // The socket has not heard of it yet; whoever asks for something has.
    await page.getByRole('searchbox').fill('yuki');
    await page.getByText('Le serveur ne répond plus.').waitFor();
    await goTo('Activité');
    await page.getByText('15 rendez-vous importés').waitFor();

    await context.setOffline(false);
    await page.getByText('Le serveur ne répond plus.').waitFor({ state: 'hidden' });
    await page.getByText('Le serveur est de retour').waitFor();
    await page.getByText('En direct').first().waitFor();
    expect(await page.evaluate('window.sameDocument')).toBe(true);
  });

  it('catches up with what came meanwhile, nothing lost and nothing twice, without a reload', async () => {
    await organization.book(GUESTS[0]!, addressOf(GUESTS[0]!), startOf(0));
    await row(GUESTS[0]!).waitFor();

    await app.stop();
    await page.getByText('Reconnexion…').first().waitFor();
    for (const [index, guest] of GUESTS.slice(1, 4).entries()) {
      await organization.book(guest, addressOf(guest), startOf(index + 1));
    }
    await app.start();
    await page.getByText('En direct').first().waitFor();
    // Calendly tries again by its own clock; that of the sandbox can be moved on.
    await app.order('calendly/clock/advance', { seconds: 120 });
    await app.order('calendly/deliveries/settle');
    for (const guest of GUESTS.slice(0, 4)) await row(guest).waitFor();
    await organization.book(GUESTS[4]!, addressOf(GUESTS[4]!), startOf(4));
    await row(GUESTS[4]!).waitFor();

    for (const guest of GUESTS) {
      expect(await row(guest).count()).toBe(1);
      expect((await organization.prospects(addressOf(guest))).map(({ notes }) => notes.split('\n\n').length)).toEqual([
        1,
      ]);
    }
    expect(await page.evaluate('window.sameDocument')).toBe(true);
    expect(visitor.complaints().filter((complaint) => !isOfTheBreak(complaint))).toEqual([]);
  });

  async function goTo(screen: string): Promise<void> {
    await page.getByRole('navigation').getByRole('link', { name: screen, exact: true }).click();
    await page.getByRole('heading', { level: 1, name: screen }).waitFor();
  }

  const row = (guest: string) =>
    page
      .getByRole('log', { name: 'Fil d’activité' })
      .getByRole('listitem')
      .filter({ hasText: `${guest} a réservé` });
});

const addressOf = (guest: string): string => `${guest.toLowerCase().replace(' ', '.')}@example.test`;

/** Tomorrow and the days after: an hour of each is free. */
function startOf(index: number): string {
  return `${new Date(Date.now() + (index + 1) * 86_400_000).toISOString().slice(0, 10)}T07:00:00Z`;
}

/** What a browser itself says of a server that is not there; nobody can keep it from that. */
function isOfTheBreak(complaint: string): boolean {
  return /ERR_INTERNET_DISCONNECTED|ERR_CONNECTION_REFUSED|ERR_CONNECTION_RESET|ERR_EMPTY_RESPONSE|WebSocket connection|503 \(Service Unavailable\)/.test(
    complaint,
  );
}
