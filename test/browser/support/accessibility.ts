import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import type { Page } from 'playwright-core';

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const LEVELS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
const OF_COLOURS = ['color-contrast', 'link-in-text-block'];

let source: Promise<string> | undefined;

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly html: string; readonly failureSummary: string }[];
}

/** What keeps a screen from WCAG 2.2 AA, as far as a program can tell. */
export async function findViolations(page: Page, about: 'colours' | 'all but colours'): Promise<string[]> {
  source ??= readFile(AXE, 'utf8');
  if (!(await page.evaluate<boolean>('"axe" in window'))) await page.evaluate(await source);
  const options =
    about === 'colours'
      ? { runOnly: { type: 'rule', values: OF_COLOURS } }
      : {
          runOnly: { type: 'tag', values: LEVELS },
          rules: Object.fromEntries(OF_COLOURS.map((rule) => [rule, { enabled: false }])),
        };
  const { violations } = await page.evaluate<{ violations: Violation[] }>(
    `axe.run(document, ${JSON.stringify({ ...options, resultTypes: ['violations'], preload: false })})`,
  );
  return violations.map(({ id, nodes }) => {
    const [first] = nodes;
    return `${id}, ${nodes.length} times: ${first?.html.slice(0, 200)} ${first?.failureSummary.replaceAll(/\s+/g, ' ')}`;
  });
}

/** By how many pixels the page is wider than its window: then it must be scrolled both ways to be read. */
export async function findOverflow(page: Page): Promise<number> {
  return await page.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth');
}
