import { pseudo } from '@concord/ui/pseudo';
import type { Page } from '@playwright/test';
import { expect, type Person, test } from '../fixtures/test.ts';
import { APP_KINDS, type AppKind } from '../pages/app-page.ts';

/** Plain letters that are right in every language: names, and what is no word. */
const NAMES = [
  'Concord',
  'Docs',
  'Board',
  'Blocks',
  'Gantt',
  'Ana',
  'English',
  'Deutsch',
  'Markdown',
  'https',
];

/** Kinds of links, as planners everywhere write them. */
const LINKS = ['FS', 'SS', 'FF', 'SF'];

/** Commands that open something to read. */
const OPENS: Record<AppKind, readonly string[]> = {
  docs: ['Find and replace', 'Image', 'Link'],
  board: ['New card', 'Archive'],
  blocks: ['Trash'],
  gantt: ['Plan settings', 'Trash'],
};

/** The button of an empty document that fills it with the app's own sample. */
const SAMPLES = {
  board: 'Try a sample board',
  blocks: 'Try a sample page',
  gantt: 'Sample plan',
} as const;

/** What can be open over or beside a document. */
const OPEN = '[role=menu], [role=dialog], aside.cc-side, .cc-docs-find, .cc-board-composer';

/** Words on the screen, or said of it, that no translation has touched: plain letters, two or more. */
async function plainWords(page: Page): Promise<readonly string[]> {
  const said = await page.evaluate(() => {
    const found: string[] = [document.title];
    const isShown = (element: Element): boolean => element.checkVisibility({ visibilityProperty: true });
    for (const element of document.body.querySelectorAll('*')) {
      // Keys are called as they are printed on the keyboard. A style's text is never read.
      if (element.closest('kbd, .cc-kbd, style, script, template') || !isShown(element)) continue;
      for (const name of [
        'aria-label',
        'aria-description',
        'aria-roledescription',
        'title',
        'placeholder',
        'alt',
      ])
        found.push(element.getAttribute(name) ?? '');
      for (const node of element.childNodes)
        if (node.nodeType === Node.TEXT_NODE) found.push(node.nodeValue ?? '');
    }
    return found;
  });
  const month = new Intl.DateTimeFormat('en', { month: 'long' });
  const weekday = new Intl.DateTimeFormat('en', { weekday: 'long' });
  const dates = Array.from({ length: 12 }, (_, i) => [
    month.format(new Date(2026, i, 1)),
    weekday.format(new Date(2026, 5, 1 + i)),
  ]).flat();
  // Dates and times of the pseudo-locale are English.
  const known = new Set([...NAMES, ...LINKS, 'AM', 'PM', ...dates, ...dates.map((date) => date.slice(0, 3))]);
  const plain = said.filter((text) => (text.match(/[A-Za-z]{2,}/g) ?? []).some((word) => !known.has(word)));
  return [...new Set(plain.map((text) => text.trim()))];
}

async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+Shift+P');
  await page
    .getByRole('option', { name: pseudo(name) })
    .first()
    .click();
  await expect(page.locator('.cc-palette')).toHaveCount(0);
  await expect(page.locator(OPEN).first(), name).toBeVisible();
}

/** Menus close with one Escape, and some open only when their chunk has come. */
async function closeAll(page: Page): Promise<void> {
  await expect(async () => {
    await page.keyboard.press('Escape');
    await expect(page.locator('[role=menu], [role=dialog], aside.cc-side')).toHaveCount(0, {
      timeout: 500,
    });
  }).toPass();
}

/** What sticks out of the window, or makes the page itself scroll sideways. Boards and charts scroll inside their own frames. */
function tooWide(): string[] {
  const found = [document.documentElement, document.body, document.querySelector('main')]
    .filter((element) => element !== null && element.scrollWidth > element.clientWidth + 1)
    .map(
      (element) =>
        `${element?.tagName} scrolls by ${(element?.scrollWidth ?? 0) - (element?.clientWidth ?? 0)}`,
    );
  for (const element of document.querySelectorAll('header :is(button, a, input)')) {
    const { left, right, width } = element.getBoundingClientRect();
    if (
      width > 0 &&
      element.checkVisibility({ visibilityProperty: true }) &&
      (left < -1 || right > innerWidth + 1)
    )
      found.push(`${element.getAttribute('aria-label') ?? element.textContent} is outside`);
  }
  return found;
}

/** A document of this kind with something in it, in the language. */
async function filled(ana: Person, kind: AppKind, id: string, lang: string): Promise<void> {
  await ana.page.goto(`${ana.address(kind, id)}&lang=${lang}`);
  await ana.page.waitForFunction(() => window.concord !== undefined);
  await ana.page.evaluate(() => window.concord?.ready);
  // The keys of the frame are there once the app is.
  if (kind === 'docs') await ana.page.locator('main [contenteditable]').first().waitFor();
  else await ana.page.locator('main').getByRole('button').filter({ visible: true }).first().waitFor();
}

test('home has no words of its own left, in the pseudo-locale', async ({ people }) => {
  const [ana] = (await people(1, { firefox: 0 })) as [Person];
  await ana.page.goto(`${ana.link.address}/?lang=x-pseudo`);
  await expect(ana.page.getByRole('main')).toBeVisible();
  expect(await plainWords(ana.page)).toEqual([]);
});

for (const [lang, words] of [
  ['de', 'Etwas Neues beginnen'],
  ['ar', 'ابدأ شيئًا جديدًا'],
] as const) {
  test(`home speaks ${lang}`, async ({ people }) => {
    const [ana] = (await people(1, { firefox: 0 })) as [Person];
    await ana.page.goto(`${ana.link.address}/?lang=${lang}`);
    await expect(ana.page.getByRole('heading', { name: words })).toBeVisible();
  });
}

for (const kind of APP_KINDS) {
  test(`${kind}: no words of its own are left, in the pseudo-locale`, async ({ people, id }) => {
    test.slow();
    const [ana] = (await people(1, { firefox: 0 })) as [Person];
    const { page } = ana;
    await filled(ana, kind, id, 'x-pseudo');
    expect.soft(await plainWords(page), 'empty').toEqual([]);
    if (kind !== 'docs') await page.getByRole('button', { name: pseudo(SAMPLES[kind]) }).click();
    expect.soft(await plainWords(page), 'filled').toEqual([]);

    await page.keyboard.press('ControlOrMeta+Shift+P');
    await expect(page.getByPlaceholder(pseudo('What do you want to do?'))).toBeVisible();
    expect.soft(await plainWords(page), 'the list of commands').toEqual([]);
    await closeAll(page);
    for (const name of ['Keyboard shortcuts', ...OPENS[kind]]) {
      await command(page, name);
      await page.waitForFunction(() =>
        document.getAnimations().every(({ playState }) => playState !== 'running'),
      );
      expect.soft(await plainWords(page), name).toEqual([]);
      await closeAll(page);
    }

    // Whatever else a button opens: menus, dialogs, panels.
    const buttons = page.locator('button[aria-haspopup], .cc-panel-buttons button');
    for (const button of (await buttons.all()).slice(0, 14)) {
      if (!(await button.isVisible()) || !(await button.isEnabled())) continue;
      const name = (await button.getAttribute('aria-label')) ?? '';
      await button.click();
      await expect(page.locator(OPEN).first(), name).toBeVisible();
      expect.soft(await plainWords(page), name).toEqual([]);
      await closeAll(page);
    }
  });

  for (const lang of ['x-pseudo', 'de', 'ar'] as const) {
    test(`${kind}: nothing is wider than the screen, in ${lang}`, async ({ people, id }) => {
      const [ana] = (await people(1, { firefox: 0 })) as [Person];
      const { page } = ana;
      await filled(ana, kind, id, lang);
      if (kind !== 'docs')
        await page
          .locator('main')
          .getByRole('button')
          .filter({ hasText: /\p{L}/u })
          .nth(kind === 'blocks' ? 0 : 1)
          .click();
      await expect(page.locator('html')).toHaveAttribute('dir', lang === 'ar' ? 'rtl' : 'ltr');
      for (const width of [320, 360, 768, 1280, 2560]) {
        await page.setViewportSize({ width, height: 740 });
        // What measures itself settles in the frame after.
        await expect.poll(() => page.evaluate(tooWide), `${width} px`).toEqual([]);
      }
    });
  }
}
