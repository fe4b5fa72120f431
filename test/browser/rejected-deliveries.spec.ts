import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Page } from 'playwright-core';
import { findViolations } from './support/accessibility.js';
import { type Application, startApplication } from './support/application.js';
import { Organization } from './support/organization.js';
import { describeInBrowser, openChromium, visit } from './support/visitor.js';

describeInBrowser('a delivery whose signature is refused', () => {
  let app: Application;
  let organization: Organization;
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApplication({ standInsApart: true }), openChromium()]);
    organization = await Organization.register(app);
    await organization.connect('calendly');
    ({ page } = await visit(browser));
    await page.goto(`${app.url}/console/webhooks`);
    await page.getByLabel('Adresse e-mail').fill(organization.login.email);
    await page.getByLabel('Mot de passe').fill(organization.login.password);
    await page.getByRole('button', { name: 'Se connecter' }).click();
    await page.getByRole('heading', { level: 1, name: 'Webhooks' }).waitFor();
  });

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it('comes into the list by itself, says why, and is accepted once the key is mended', async () => {
    await page.getByText('Aucune livraison').waitFor();
    await page.getByRole('button', { name: 'Suivre' }).click();
    await page.getByRole('button', { name: 'Suivi en direct' }).waitFor();
    await app.order('calendly/deliveries/forge', { times: 1 });
    await organization.book('Zoé Martin', 'zoe.martin@example.test', tomorrow());
    await page.getByText('Rejetée (signature)').first().waitFor();

    await page.getByRole('row').nth(1).getByRole('link').first().click();
    const drawer = page.getByRole('dialog');
    await drawer.getByText('La signature ne correspond à aucune clé').waitFor();
    await drawer.getByText('zoe.martin@example.test').waitFor();
    await drawer.getByRole('button', { name: 'Brut' }).click();
    expect(await drawer.locator('pre').textContent()).toMatch(/^\{"/);
    expect([...(await findViolations(page, 'all but colours')), ...(await findViolations(page, 'colours'))]).toEqual(
      [],
    );
    await drawer.getByRole('button', { name: 'Revérifier' }).click();
    await drawer.getByText('Toujours refusée avec les clés d’aujourd’hui.').waitFor();

    await app.stop();
    await app.start((environment) => ({
      ...environment,
      CALENDLY_WEBHOOK_SIGNING_KEY: `${environment['CALENDLY_WEBHOOK_SIGNING_KEY']}-forged`,
    }));
    await page.getByText('En direct').first().waitFor();
    await drawer.getByRole('button', { name: 'Revérifier' }).click();
    await drawer.getByText('La signature est bonne avec les clés d’aujourd’hui').waitFor();
    await drawer.getByText('Traitée', { exact: true }).first().waitFor();
    await drawer.getByText('Refusée à la réception, puis vérifiée à nouveau.').waitFor();
  });

  it('is replayed among many like any other from then on: counted, asked, done', async () => {
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Rejouer en lot…' }).click();
    await page.getByText('1 livraison correspond').waitFor();
    await page.getByRole('button', { name: 'Rejouer 1 livraison' }).click();
    await page.getByText('1 livraison rejouée').waitFor();
    expect([...(await findViolations(page, 'all but colours')), ...(await findViolations(page, 'colours'))]).toEqual(
      [],
    );
  });
});

function tomorrow(): string {
  return `${new Date(Date.now() + 86_400_000).toISOString().slice(0, 10)}T13:00:00.000Z`;
}
