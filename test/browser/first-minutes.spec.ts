import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { type Application, startApplication } from './support/application.js';
import { describeInBrowser, openChromium, styleOf, visit, type Visitor } from './support/visitor.js';

// What follows a booking, as the feed tells it beside the words.
const FOLLOWED = [
  'Rendez-vous enregistré',
  'Prospect à jour',
  'Note écrite',
  'Équipe avertie',
  'E-mail envoyé ou conservé',
];

// The walk goes on where the step before has ended: one story, told in the order of the README.
describeInBrowser('the first five minutes, in a browser', () => {
  let app: Application;
  let browser: Browser;
  let visitor: Visitor;
  let page: Page;
  /** The sandbox, in the tab beside. */
  let calendly: Page;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApplication(), openChromium()]);
    visitor = await visit(browser);
    page = visitor.page;
  });

  afterEach(() => expect(visitor.complaints()).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it('begin with one click on the demo account, four steps to take and a ribbon that says sandbox', async () => {
    await page.goto(`${app.url}/console/`);
    await page.getByRole('button', { name: 'Entrer avec le compte de démonstration' }).click();
    await page.getByRole('heading', { level: 1, name: 'Bonjour' }).waitFor();
    await page.getByText('0 étapes sur 4').or(page.getByText('0 étape sur 4')).waitFor();
    await page.getByRole('banner').getByRole('link', { name: 'Bac à sable' }).waitFor();
    await page.getByText('En direct').first().waitFor();
    // Whoever reloads loses this: nothing after it may need to.
    await page.evaluate('window.sameDocument = true');
  });

  it('connect Calendly on a page that says it is not Calendly, and import what was there', async () => {
    await goTo('Connexions');
    await cardOf('Calendly').getByRole('button', { name: 'Connecter Calendly' }).click();
    await page.getByText('Bac à sable — ceci n’est pas Calendly').waitFor();
    await page.getByRole('button', { name: 'Autoriser' }).click();
    await page.getByText('Calendly est connecté').waitFor();
    await page.getByText('Compte nora@example.test.').waitFor();
    await page.getByText('L’import initial est terminé.').waitFor();
    await page.getByText('Synchronisé').waitFor();
    expect(page.url()).not.toMatch(/code=|state=/);
    await page.evaluate('window.sameDocument = true');

    await goTo('Accueil');
    await stepOf('Connecter un agenda').getByText('Fait').waitFor();
    await goTo('Connexions');
    await cardOf('Calendly').getByText('Connecté', { exact: true }).waitFor();
    await cardOf('Calendly').getByText('15 rendez-vous').waitFor();
  });

  it('book in the sandbox and see every effect arrive, without a reload', async () => {
    await goTo('Activité');
    const unread = await unreadCount();
    calendly = await visitor.openTab(`${app.sandboxUrl}/calendly/`);
    await book('14:00');

    const row = page.getByRole('listitem').filter({ hasText: /Zoé Martin a réservé .* 14:00:00/ });
    await row.getByText('E-mail envoyé ou conservé').waitFor({ state: 'attached' });
    expect(
      await row.getByRole('list', { name: 'Ce qui s’en est suivi' }).getByRole('listitem').allInnerTexts(),
    ).toEqual(FOLLOWED);
    await page.getByRole('link', { name: `Notifications : ${unread + 1} non lue` }).waitFor();

    await row.getByRole('link').click();
    await drawer('Zoé Martin')
      .getByText(/^Rendez-vous Calendly prévu le \d\d\/\d\d\/\d{4} 14:00:00 - Découverte 30min$/)
      .waitFor();
  });

  it('book again with the same e-mail: the same person, a second note, in the open record', async () => {
    await book('16:00');
    const zoe = drawer('Zoé Martin');
    await zoe.getByText(/^Rendez-vous Calendly prévu le .* 16:00:00/).waitFor();
    expect(await zoe.getByText(/^Rendez-vous Calendly prévu/).count()).toBe(2);
    await close(zoe);
    await page.getByRole('searchbox', { name: 'Nom, e-mail ou téléphone' }).fill('zoe.martin@');
    await page.getByText('1 ligne affichée').waitFor();
    expect(await isSameDocument()).toBe(true);
    expect(await page.getByRole('row').filter({ hasText: 'Zoé Martin' }).count()).toBe(1);
  });

  it('cancel: struck through where it stood', async () => {
    await page.getByRole('link', { name: 'Zoé Martin' }).click();
    const zoe = drawer('Zoé Martin');
    const first = zoe.getByRole('listitem').filter({ hasText: /14:00–14:30/ });
    await first.getByText('Prévu').waitFor();
    await calendly
      .getByRole('row')
      .filter({ hasText: 'Zoé Martin' })
      .filter({ hasText: '14:00' })
      .getByRole('button', { name: 'Annuler' })
      .click();
    await calendly.getByText('Rendez-vous annulé.').waitFor();

    await first.getByText('Annulé').waitFor();
    expect(await styleOf(first.getByText('Découverte 30min'), 'text-decoration-line')).toBe('line-through');
    const second = zoe.getByRole('listitem').filter({ hasText: /16:00–16:30/ });
    expect(await styleOf(second.getByText('Découverte 30min'), 'text-decoration-line')).toBe('none');
    await close(zoe);
  });

  it('replay a delivery: no effect, it was done', async () => {
    await goTo('Webhooks');
    const rows = page.getByRole('row').filter({ hasText: 'invitee.created' });
    await rows.first().waitFor();
    expect(await rows.count()).toBe(2);
    await rows.first().getByRole('link').click();
    const delivery = drawer('invitee.created');
    await delivery.getByText('Rendez-vous créé').waitFor();
    await delivery.getByRole('button', { name: 'Rejouer' }).click();
    await page.getByText('Livraison rejouée').waitFor();
    await delivery.getByText('Essais').locator('xpath=following-sibling::*[1]').filter({ hasText: '2' }).waitFor();
    await close(delivery);
    await goTo('Prospects');
    await page.getByRole('link', { name: 'Zoé Martin' }).click();
    const notes = drawer('Zoé Martin').getByText(/^Rendez-vous Calendly prévu/);
    await notes.first().waitFor();
    expect(await notes.count()).toBe(2);
    await close(drawer('Zoé Martin'));
  });

  it('connect Google and see the week, the cancelled appointment struck through', async () => {
    await goTo('Connexions');
    await cardOf('Google')
      .getByRole('button', { name: /^Connecter Google/ })
      .click();
    await page.getByText('ceci n’est pas Google').waitFor();
    await page.getByRole('button', { name: 'Continuer' }).click();
    await page.getByText(/^Google.* est connecté$/).waitFor();
    await page.getByText('L’import initial est terminé.').waitFor();
    await page.evaluate('window.sameDocument = true');

    await page.getByRole('link', { name: 'Voir l’agenda' }).click();
    await page.getByRole('heading', { level: 1, name: 'Agenda' }).waitFor();
    const events = page.locator('.agenda-entry');
    await events.filter({ hasText: 'Google' }).first().waitFor();
    await page.getByRole('button', { name: 'Liste' }).click();
    const cancelled = events.filter({ hasText: 'Zoé Martin' }).filter({ hasText: 'annulé' });
    await cancelled.waitFor();
  });

  it('export a training: it stands in the sandbox’s Google calendar', async () => {
    await goTo('Formations');
    await page.getByRole('button', { name: 'Nouvelle formation' }).first().click();
    const form = page.getByRole('dialog', { name: 'Nouvelle formation' });
    await form.getByLabel('Titre').first().fill('Sécurité incendie');
    await form.getByLabel('Lieu').fill('Salle Pasteur');
    await form.getByLabel('Début').fill(`${inDays(2)}T09:00`);
    await form.getByLabel('Fin').fill(`${inDays(2)}T12:30`);
    await form.getByRole('button', { name: 'Enregistrer' }).click();

    const training = drawer('Sécurité incendie');
    await training.getByRole('button', { name: /^Exporter : Google/ }).click();
    await training.getByText('1 date à jour').waitFor();
    await close(training);
    const google = await visitor.openTab(`${app.sandboxUrl}/google/?week=${inDays(2)}`);
    await google.getByText('Sécurité incendie').first().waitFor();
    await google.close();

    await goTo('Accueil');
    // Every step is taken: the day's work stands there instead.
    await page.getByRole('heading', { name: 'Rendez-vous du jour' }).waitFor();
    await page.getByText(/étapes? sur 4/).waitFor({ state: 'hidden' });
  });

  it('have the access withdrawn, be told why, reconnect, and find everything as it was', async () => {
    const before = { prospects: await prospectsOnCard(), bell: await unreadCount() };
    await app.order('calendly/revoke-grants');
    await cardOf('Calendly').getByRole('button', { name: 'Synchroniser' }).click();
    await cardOf('Calendly').getByText('À reconnecter', { exact: true }).waitFor();
    await cardOf('Google').getByText('Connecté').waitFor();
    await page
      .getByRole('banner')
      .getByRole('link', { name: `Notifications : ${before.bell + 1} non lues` })
      .waitFor();
    await goTo('E-mails');
    const mail = page.getByRole('row').filter({ hasText: 'Connexion Calendly à rétablir' });
    await mail.getByRole('link').first().click();
    const preview = page.getByRole('dialog').frameLocator('iframe');
    await preview
      .getByText(/Calendly/)
      .first()
      .waitFor();
    await close(page.getByRole('dialog'));

    await goTo('Connexions');
    await cardOf('Calendly').getByRole('button', { name: 'Reconnecter' }).click();
    await page.getByRole('button', { name: 'Autoriser' }).click();
    await page.getByText('Calendly est connecté').waitFor();
    await goTo('Connexions');
    await cardOf('Calendly').getByText('Connecté', { exact: true }).waitFor();
    expect(await prospectsOnCard()).toBe(before.prospects);
    await book('17:00');
    await goTo('Prospects');
    await page.getByRole('link', { name: 'Zoé Martin' }).click();
    await drawer('Zoé Martin')
      .getByText(/^Rendez-vous Calendly prévu le .* 17:00:00/)
      .waitFor();
    await close(drawer('Zoé Martin'));
  });

  async function prospectsOnCard(): Promise<string> {
    await goTo('Connexions');
    return await cardOf('Calendly')
      .getByText(/^\d+ prospects?$/)
      .innerText();
  }

  async function goTo(screen: string): Promise<void> {
    await page.getByRole('navigation').getByRole('link', { name: screen, exact: true }).click();
    const h1 = page.getByRole('heading', { level: 1, name: screen === 'Accueil' ? 'Bonjour' : screen });
    await h1.waitFor();
  }

  const cardOf = (provider: string) =>
    page
      .getByRole('region', { name: provider })
      .or(page.getByRole('listitem').filter({ has: page.getByRole('heading', { name: provider }) }))
      .first();
  const stepOf = (title: string) => page.getByRole('listitem').filter({ hasText: title });
  const drawer = (name: string) => page.getByRole('dialog', { name });

  async function close(panel: ReturnType<Page['getByRole']>): Promise<void> {
    await page.keyboard.press('Escape');
    await panel.waitFor({ state: 'hidden' });
  }

  async function book(hour: string): Promise<void> {
    await calendly.getByLabel('Heure (Paris)').fill(hour);
    await calendly.getByRole('button', { name: 'Réserver', exact: true }).click();
    await calendly.getByText('Rendez-vous réservé.').waitFor();
  }

  async function unreadCount(): Promise<number> {
    const label = await page
      .getByRole('banner')
      .getByRole('link', { name: /^Notifications/ })
      .getAttribute('aria-label');
    return Number(/\d+/.exec(label ?? '')?.[0] ?? 0);
  }

  /** True for the document that was marked, however often its address has changed since. */
  const isSameDocument = (): Promise<boolean> => page.evaluate('window.sameDocument === true');
});

/** A day of the calendar, by the clock of Paris. */
function inDays(days: number): string {
  return new Intl.DateTimeFormat('sv-SE', { timeZone: 'Europe/Paris' }).format(Date.now() + days * 86_400_000);
}
