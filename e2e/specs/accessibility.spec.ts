import { flaws } from '../fixtures/axe.ts';
import { expect, type Person, test } from '../fixtures/test.ts';
import { APP_KINDS, type AppKind } from '../pages/app-page.ts';
import { fill } from '../pages/fill.ts';

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

/** How the page may be looked at. Forced colours are the reader's own, as Windows gives them. */
const LOOKS = {
  light: { colorScheme: 'light' },
  dark: { colorScheme: 'dark' },
  'forced colours': { forcedColors: 'active' },
} as const;

for (const [scheme, media] of Object.entries(LOOKS)) {
  test(`axe finds nothing at home, ${scheme}`, async ({ people }) => {
    const [ana] = (await people(1, { firefox: 0 })) as [Person];
    await ana.page.emulateMedia(media);
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
      await ana.page.emulateMedia(media);
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
      for (const button of await ana.page.locator('.cc-panel-buttons button').all()) {
        const name = (await button.getAttribute('aria-label')) ?? '';
        await button.click();
        await expect(ana.page.locator('[role=dialog], aside.cc-side').first(), name).toBeVisible();
        expect.soft(await flaws(ana.page), name).toEqual([]);
        await ana.page.keyboard.press('Escape');
        await expect(ana.page.locator('[role=dialog], aside.cc-side'), name).toHaveCount(0);
      }
    });
  }
}
