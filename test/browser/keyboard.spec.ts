import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import type { Browser, Locator, Page } from 'playwright-core';
import { type Application, startApplication } from './support/application.js';
import { Organization } from './support/organization.js';
import { describeInBrowser, openChromium, styleOf, visit, type Visitor } from './support/visitor.js';

const MOST_STOPS = 60;

describeInBrowser('the console, with a keyboard alone', () => {
  let app: Application;
  let browser: Browser;
  let visitor: Visitor;
  let page: Page;

  beforeAll(async () => {
    [app, browser] = await Promise.all([startApplication(), openChromium()]);
    const organization = await Organization.ofDemo(app);
    await organization.connect('calendly');
    visitor = await visit(browser);
    page = visitor.page;
    await page.goto(`${app.url}/console/`);
    await page.getByRole('button', { name: 'Entrer avec le compte de démonstration' }).waitFor();
  });

  afterEach(() => expect(visitor.complaints()).toEqual([]));

  afterAll(async () => {
    await browser?.close();
    await app?.close();
  });

  it('is entered, and begins at the heading of the screen', async () => {
    await tabTo(page.getByRole('button', { name: 'Entrer avec le compte de démonstration' }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Bonjour' }).waitFor();
    await expectFocus(page.getByRole('heading', { level: 1 }));
    expect(await page.title()).toBe('Bonjour Camille · Passerelle');
  });

  it('lets the navigation be skipped with the first stop', async () => {
    await startOver();
    await page.keyboard.press('Tab');
    const skip = page.getByRole('link', { name: 'Aller au contenu' });
    await expectFocus(skip);
    await page.keyboard.press('Enter');
    await expectFocus(page.getByRole('main'));
  });

  it('goes from screen to screen: the focus is on each heading, the title names each tab', async () => {
    for (const name of ['Connexions', 'Activité', 'Prospects']) {
      await tabTo(page.getByRole('navigation').getByRole('link', { name, exact: true }));
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { level: 1, name }).waitFor();
      await expectFocus(page.getByRole('heading', { level: 1, name }));
      expect(await page.title()).toBe(`${name} · Passerelle`);
    }
  });

  it('opens a record, keeps the focus within, closes it with Escape and gives the focus back', async () => {
    const zoe = page.getByRole('link', { name: 'Inès Roy' });
    await zoe.waitFor();
    await tabTo(zoe);
    await page.keyboard.press('Enter');
    const record = page.getByRole('dialog', { name: 'Inès Roy' });
    await record.getByRole('heading', { name: 'Notes' }).waitFor();
    for (let stop = 0; stop < 8; stop += 1) {
      await page.keyboard.press('Tab');
      expect(await record.locator(':focus').count()).toBe(1);
    }
    await page.keyboard.press('Escape');
    await record.waitFor({ state: 'hidden' });
    await expectFocus(zoe);
  });

  it('writes a prospect down: Escape gives up, faults lead to their fields, Enter saves', async () => {
    const add = page.getByRole('button', { name: 'Nouveau prospect' });
    await tabTo(add);
    await page.keyboard.press('Enter');
    const form = page.getByRole('dialog', { name: 'Nouveau prospect' });
    await form.waitFor();
    await page.keyboard.press('Escape');
    await form.waitFor({ state: 'hidden' });
    await expectFocus(add);

    await page.keyboard.press('Enter');
    await form.waitFor();
    await tabTo(form.getByLabel('E-mail'));
    await page.keyboard.type('pas une adresse');
    await page.keyboard.press('Enter');
    const fault = form.getByRole('alert').getByRole('link').first();
    await fault.waitFor();
    // The browser itself remarks on every refusal; this one was asked for.
    expect(visitor.complaints()).toEqual([expect.stringContaining('400 (Bad Request)')]);
    await tabTo(form.getByLabel('E-mail'));
    await page.keyboard.press('ControlOrMeta+a');
    await page.keyboard.type('ada@example.test');
    await tabTo(form.getByLabel('Prénom'));
    await page.keyboard.type('Ada');
    await page.keyboard.press('Enter');
    await page.getByText('Prospect ajouté').waitFor();
    // The new record opens in place of the form.
    const record = page.getByRole('dialog', { name: 'Ada' });
    await record.waitFor();
    await page.keyboard.press('Escape');
    await record.waitFor({ state: 'hidden' });
  });

  it('shows where the focus is, at every stop of a screen', async () => {
    await tabTo(page.getByRole('navigation').getByRole('link', { name: 'Connexions', exact: true }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Connexions' }).waitFor();
    await startOver();
    const unseen: string[] = [];
    let stops = 0;
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      await page.keyboard.press('Tab');
      const focus = page.locator(':focus');
      if ((await focus.count()) === 0) break;
      stops += 1;
      const [outline, shadow] = [await styleOf(focus, 'outline-style'), await styleOf(focus, 'box-shadow')];
      if (outline === 'none' && shadow === 'none') unseen.push(await focus.innerText());
    }
    expect(unseen).toEqual([]);
    expect(stops).toBeGreaterThan(15);
  });

  it('asks before what is final, and takes Escape for no', async () => {
    await page.getByRole('link', { name: /^Détails de nora/ }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Calendly' }).waitFor();
    await tabTo(page.getByRole('tab', { selected: true }));
    await page.keyboard.press('End');
    const disconnect = page.getByRole('button', { name: 'Déconnecter' });
    await tabTo(disconnect);
    await page.keyboard.press('Enter');
    const question = page.getByRole('alertdialog').or(page.getByRole('dialog'));
    await question.waitFor();
    await page.keyboard.press('Escape');
    await question.waitFor({ state: 'hidden' });
    await expectFocus(disconnect);
  });

  /** As if nothing of the document had been touched: the next Tab comes to its first stop. */
  async function startOver(): Promise<void> {
    await expectFocus(page.getByRole('heading', { level: 1 }));
    await page.evaluate(
      'document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute("tabindex")',
    );
  }

  /** With Tab, as far as it takes; fails when it is not among the stops. */
  async function tabTo(target: Locator): Promise<void> {
    for (let stop = 0; stop < MOST_STOPS; stop += 1) {
      if (await hasFocus(target)) return;
      await page.keyboard.press('Tab');
    }
    throw new Error(`The keyboard does not come to ${target.toString()}`);
  }

  async function expectFocus(target: Locator): Promise<void> {
    // Where focus goes is decided after what it goes to is there.
    for (let look = 0; look < 40 && !(await hasFocus(target)); look += 1) await page.waitForTimeout(50);
    expect(await page.locator(':focus').count()).toBe(1);
    expect(await hasFocus(target)).toBe(true);
  }

  const hasFocus = (target: Locator): Promise<boolean> =>
    target
      .first()
      .evaluate(
        (node) =>
          (node as unknown as { ownerDocument: { activeElement: unknown } }).ownerDocument.activeElement === node,
      );
});
