import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Page } from '@playwright/test';
import type { AxeResults } from 'axe-core';
import { expect, type Person, test } from '../fixtures/test.ts';
import { APP_KINDS, type AppKind } from '../pages/app-page.ts';
import { fill } from '../pages/fill.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What axe finds wrong with the page as it is now: one line a rule and element. */
async function flaws(page: Page): Promise<string[]> {
  // Evaluated, not added as a script: the page's own policy forbids those.
  await page.evaluate(AXE);
  const results = await page.evaluate(async (): Promise<AxeResults> => {
    // What fades in is not there yet.
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
    const { axe } = window as unknown as { axe: { run(options: object): Promise<AxeResults> } };
    return axe.run({
      runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
      // A menu over the page stands in no landmark, and need not.
      rules: { region: { enabled: false } },
    });
  });
  return results.violations.flatMap(({ id, nodes }) =>
    nodes
      // The cells of a table are read, not called by their names.
      .filter(({ html }) => id !== 'label-content-name-mismatch' || !html.includes('role="gridcell"'))
      .map(
        ({ target, failureSummary }) =>
          `${id}: ${target.join(' ')}: ${failureSummary?.split('\n')[1]?.trim()}`,
      ),
  );
}

/** What else can be open in an app. Each leaves the page with nothing open. */
const STATES: Record<AppKind, readonly (readonly [string, (person: Person) => Promise<void>])[]> = {
  docs: [
    ['find and replace', (person) => command(person, 'Find and replace')],
    ['the image dialog', (person) => command(person, 'Image')],
  ],
  board: [
    ['a card', ({ page }) => page.getByRole('listitem').getByRole('button').first().press('Enter')],
    ['the archive', (person) => command(person, 'Archive')],
  ],
  blocks: [['the trash', (person) => command(person, 'Trash')]],
  gantt: [
    ['a task', ({ gantt }) => gantt.table.getByRole('rowheader').first().press('ControlOrMeta+Enter')],
    ['the settings', (person) => command(person, 'Plan settings')],
    ['the trash', (person) => command(person, 'Trash')],
  ],
};

async function command({ page }: Person, name: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+Shift+P');
  await page.getByPlaceholder('What do you want to do?').fill(name);
  await page.getByRole('option', { name }).first().click();
  await expect(page.getByRole('dialog', { name: 'Commands' })).toHaveCount(0);
}

const EVERYWHERE: readonly (readonly [string, (person: Person) => Promise<void>])[] = [
  ['the list of commands', ({ page }) => page.keyboard.press('ControlOrMeta+Shift+P')],
  [
    'the sheet of keys',
    async ({ page }) => {
      await page.keyboard.press('ControlOrMeta+Shift+P');
      await page.getByPlaceholder('What do you want to do?').fill('Keyboard shortcuts');
      await page.keyboard.press('Enter');
      await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' })).toBeVisible();
    },
  ],
  ['the “More” menu', ({ page }) => page.getByRole('banner').getByRole('button', { name: 'More' }).click()],
  [
    'the people',
    ({ page }) =>
      page
        .getByRole('banner')
        .getByRole('button', { name: /people|you/i })
        .first()
        .click(),
  ],
];

for (const scheme of ['light', 'dark'] as const) {
  test(`axe finds nothing at home, ${scheme}`, async ({ people }) => {
    const [ana] = (await people(1, { firefox: 0 })) as [Person];
    await ana.page.emulateMedia({ colorScheme: scheme });
    await ana.page.goto(ana.link.address);
    await expect(ana.page.getByText('Nothing here yet')).toBeVisible();
    expect.soft(await flaws(ana.page), 'empty').toEqual([]);
    await ana.home.create('board');
    await ana.isReady();
    await ana.page.goto(ana.link.address);
    await expect(ana.home.recent('Untitled')).toBeVisible();
    expect.soft(await flaws(ana.page), 'with a document').toEqual([]);
    await ana.page.goto(`${ana.link.address}/nowhere/at/all`);
    expect.soft(await flaws(ana.page), 'nothing there').toEqual([]);
  });

  for (const kind of APP_KINDS) {
    test(`axe finds nothing in ${kind}, ${scheme}`, async ({ people, id }) => {
      test.slow();
      const [ana] = (await people(1, { firefox: 0 })) as [Person];
      await ana.page.emulateMedia({ colorScheme: scheme });
      await ana.open(kind, id);
      await ana.sees('Saved');
      expect.soft(await flaws(ana.page), 'empty').toEqual([]);
      await fill(ana, kind);
      await ana.sees('Saved');
      expect.soft(await flaws(ana.page), 'filled').toEqual([]);
      for (const [name, enter] of [...EVERYWHERE, ...STATES[kind]]) {
        await enter(ana);
        await expect(
          ana.page.locator('[role=dialog], [role=menu], .cc-docs-find').first(),
          name,
        ).toBeVisible();
        expect.soft(await flaws(ana.page), name).toEqual([]);
        await ana.page.keyboard.press('Escape');
        await expect(ana.page.locator('[role=dialog], [role=menu]')).toHaveCount(0);
      }
    });
  }
}
