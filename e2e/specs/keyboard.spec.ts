import type { Locator, Page } from '@playwright/test';
import { expect, type Person, test } from '../fixtures/test.ts';

/** More stops than any first screen has. */
const MOST_STOPS = 80;

/** Goes on with Tab until `goal` has the focus: it can be reached without a mouse, and says that it has been. */
async function tabTo(page: Page, goal: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await expect(goal).toBeVisible();
  const isThere = (): Promise<boolean> => goal.evaluate((element) => element === document.activeElement);
  for (let stops = 0; !(await isThere()); stops++) {
    expect(stops, `Tab leads to ${goal}`).toBeLessThan(MOST_STOPS);
    await page.keyboard.press(key);
  }
}

/** Runs a command by its name, from wherever the focus is. */
async function command(page: Page, name: string): Promise<void> {
  await page.keyboard.press('ControlOrMeta+Shift+P');
  const palette = page.getByPlaceholder('What do you want to do?');
  await palette.pressSequentially(name);
  await expect(page.getByRole('option', { selected: true })).toContainText(name);
  await page.keyboard.press('Enter');
  await expect(palette).toHaveCount(0);
}

/** The reader is somewhere: the next key does something, and a screen reader knows where it stands. */
const keepsFocus = (page: Page): Promise<void> =>
  expect
    .poll(() => page.evaluate(() => document.activeElement?.tagName ?? 'none'))
    .not.toMatch(/^(BODY|none)$/);

/** Opens every panel of the bar, and leaves it, by keys alone. */
async function visitPanels(page: Page): Promise<void> {
  const names = await page
    .locator('.cc-panel-buttons button')
    .evaluateAll((buttons) => buttons.map((button) => button.getAttribute('aria-label') ?? ''));
  for (const name of names) {
    await command(page, name);
    await expect(page.locator('[role=dialog], aside.cc-side').first(), name).toBeVisible();
    await keepsFocus(page);
    await page.keyboard.press('Escape');
    await expect(page.locator('[role=dialog], aside.cc-side'), name).toHaveCount(0);
    await keepsFocus(page);
  }
}

test('board: a day with the keyboard alone', async ({ people, id }) => {
  const [ana] = (await people(1, { firefox: 0 })) as [Person];
  const { page, board } = ana;
  const { keyboard } = page;
  await ana.open('board', id);
  await tabTo(page, page.getByRole('button', { name: 'Start with To do, Doing, Done' }));
  await keyboard.press('Enter');
  await keyboard.press('Enter'); // the focus is where the first card is added
  for (const title of ['Paint', 'Sand', 'Sweep']) {
    await keyboard.type(title);
    await keyboard.press('Enter');
  }
  await keyboard.press('Escape');
  await tabTo(page, board.card('Paint'), 'Shift+Tab');

  await keyboard.press('Enter');
  await tabTo(page, page.getByRole('textbox', { name: 'Card title' }));
  await keyboard.press('End');
  await keyboard.type(' the fence');
  await keyboard.press('Escape');
  await expect(board.card('Paint the fence')).toBeFocused();

  await keyboard.press('Shift+ArrowRight');
  await expect(board.cards('Doing')).toHaveText(['Paint the fence']);
  await expect(board.card('Paint the fence')).toBeFocused();
  await board.pickUp('Paint the fence');
  await keyboard.press('ArrowLeft');
  await keyboard.press('Space');
  await expect(board.cards('To do')).toContainText(['Paint the fence']);
  await keepsFocus(page);
  await tabTo(page, board.card('Paint the fence'), 'Shift+Tab');
  await keyboard.press('c');
  await board.showsNot('Paint the fence');
  await keepsFocus(page);
  await keyboard.press('ControlOrMeta+z');
  await board.shows('Paint the fence');
  await command(page, 'Archive');
  await expect(page.getByRole('dialog', { name: 'Archive' })).toBeVisible();
  await keyboard.press('Escape');
  await keepsFocus(page);
  await visitPanels(page);
});

test('gantt: a plan with the keyboard alone', async ({ people, id }) => {
  const [ana] = (await people(1, { firefox: 0 })) as [Person];
  const { page, gantt } = ana;
  const { keyboard } = page;
  await ana.open('gantt', id);
  await tabTo(page, page.getByRole('button', { name: 'Add first task' }));
  await keyboard.press('Enter');
  await keyboard.type('Dig');
  await keyboard.press('Enter');
  await expect(gantt.row('Dig').getByRole('rowheader')).toBeFocused();
  await keyboard.press('ControlOrMeta+Alt+n');
  await keyboard.type('Plant');
  await keyboard.press('Enter');
  await keyboard.press('Alt+ArrowUp');
  await expect(gantt.table.getByRole('rowheader').first()).toHaveAccessibleName(/Plant/);
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowRight');
  await keyboard.press('Enter');
  await keyboard.type('4d');
  await keyboard.press('Enter');
  await expect(gantt.cell('Plant', 'Duration')).toHaveAccessibleName('Duration 4 days');
  await keyboard.press('ArrowUp');
  await keyboard.press('Home');
  await keyboard.press('ControlOrMeta+Enter');
  await expect(page.getByRole('dialog', { name: 'Plant' })).toBeVisible();
  await tabTo(page, page.getByRole('dialog').getByRole('textbox', { name: 'Notes' }));
  await keyboard.type('In the shade');
  await keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  await keepsFocus(page);
  await tabTo(page, gantt.row('Plant').locator('[tabindex="0"]').first());
  await keyboard.press('ArrowRight');
  await keyboard.press('Delete');
  await gantt.showsNot('Plant');
  await keepsFocus(page);
  await keyboard.press('ControlOrMeta+z');
  await gantt.shows('Plant');
  await visitPanels(page);
});

test('blocks: a page with the keyboard alone', async ({ people, id }) => {
  const [ana] = (await people(1, { firefox: 0 })) as [Person];
  const { page, blocks } = ana;
  const { keyboard } = page;
  await ana.open('blocks', id);
  await tabTo(page, page.getByRole('main').getByRole('textbox', { name: 'Text' }));
  await keyboard.type('One');
  await keyboard.press('Enter');
  await keyboard.type('Two');
  await keyboard.press('Tab');
  await expect.poll(() => blocks.content()).toEqual(['Text: One', '  Text: Two']);
  await keyboard.press('Shift+Tab');
  await keyboard.press('Alt+Shift+ArrowUp');
  await expect.poll(() => blocks.content()).toEqual(['Text: Two', 'Text: One']);
  await keyboard.press('Escape');
  await expect(page.getByRole('button', { name: 'Move or change “Two”' })).toBeFocused();
  await keyboard.press('Enter');
  await expect(page.getByRole('menu')).toBeVisible();
  await keyboard.press('Escape');
  await keepsFocus(page);
  await blocks.block('Two').focus();
  await keyboard.press('ControlOrMeta+Shift+Backspace');
  await blocks.showsNot('Two');
  await keepsFocus(page);
  await keyboard.press('ControlOrMeta+z');
  await blocks.shows('Two');
  await visitPanels(page);
});

test('docs: a letter with the keyboard alone', async ({ people, id }) => {
  const [ana] = (await people(1, { firefox: 0 })) as [Person];
  const { page } = ana;
  const { keyboard } = page;
  const text = page.getByRole('textbox', { name: 'Document text' });
  await ana.open('docs', id);
  await tabTo(page, text);
  await keyboard.type('# Dear all');
  await keyboard.press('Enter');
  await keyboard.type('We meet ');
  await keyboard.press('ControlOrMeta+b');
  await keyboard.type('on Friday');
  await expect(text.getByRole('heading', { name: 'Dear all' })).toBeVisible();
  await expect(text.getByRole('strong')).toHaveText('on Friday');
  await keyboard.press('ControlOrMeta+z');
  await expect(text).not.toContainText('on Friday');
  await keyboard.press('ControlOrMeta+Shift+z');
  await expect(text).toContainText('on Friday');
  // Tab indents in the text; Escape first, and it leaves.
  await keyboard.press('Escape');
  await keyboard.press('Tab');
  await expect(text).not.toBeFocused();
  await keepsFocus(page);
  await tabTo(page, text, 'Shift+Tab');
  await command(page, 'Find and replace');
  await expect(page.getByRole('textbox', { name: 'Find', exact: true })).toBeFocused();
  await keyboard.type('Friday');
  await expect(page.getByText('1 of 1')).toBeVisible();
  await keyboard.press('Escape');
  await expect(text).toBeFocused();
  await visitPanels(page);
});

test('home: a document is made and found again with the keyboard alone', async ({ people }) => {
  const [ana] = (await people(1, { firefox: 0 })) as [Person];
  const { page } = ana;
  await page.goto(ana.link.address);
  await tabTo(page, page.getByRole('button', { name: 'New board' }));
  await page.keyboard.press('Enter');
  await ana.isReady();
  await tabTo(page, page.getByRole('textbox', { name: 'Title', exact: true }));
  await page.keyboard.type('Garden');
  await page.keyboard.press('Enter');
  await ana.sees('Saved');
  await tabTo(page, page.getByRole('link', { name: 'Concord home' }), 'Shift+Tab');
  await page.keyboard.press('Enter');
  await tabTo(page, ana.home.recent('Garden'));
  await page.keyboard.press('Enter');
  await ana.isReady();
  await ana.seesTitle('Garden');
});
