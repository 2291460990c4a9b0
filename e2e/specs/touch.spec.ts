import type { Locator, Page } from '@playwright/test';
import { expect, type Person, test } from '../fixtures/test.ts';
import { APP_KINDS } from '../pages/app-page.ts';
import { fill } from '../pages/fill.ts';

/** What a finger can hit (WCAG 2.2, target size), in pixels. */
const LEAST = 24;

/** Buttons on the screen that are smaller than a finger can hit. */
function tooSmall(page: Page): Promise<readonly string[]> {
  return page.getByRole('button').evaluateAll((buttons, least) => {
    return (
      buttons
        .filter((button) => button.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
        // A card's button takes the taps of the whole card.
        .filter((button) => getComputedStyle(button, '::after').position !== 'absolute')
        .map((button) => ({ button, box: button.getBoundingClientRect() }))
        .filter(({ box }) => box.width > 1 && (box.width < least || box.height < least))
        .map(({ button, box }) => `${button.ariaLabel ?? button.textContent}: ${box.width} × ${box.height}`)
    );
  }, LEAST);
}

async function more(page: Page, entry: string): Promise<void> {
  await page.getByRole('banner').getByRole('button', { name: 'More', exact: true }).tap();
  await page.getByRole('menuitem', { name: entry }).first().tap();
}

async function closeDialog(dialog: Locator): Promise<void> {
  await dialog.getByRole('button', { name: 'Close', exact: true }).tap();
  await expect(dialog).toHaveCount(0);
}

test('board: a day with taps alone', async ({ people, id }) => {
  const [ana] = (await people(1, { firefox: 0, narrow: true, touch: true })) as [Person];
  const { page, board } = ana;
  await ana.open('board', id);
  await page.getByRole('button', { name: 'Start with To do, Doing, Done' }).tap();
  await board.list('To do').getByRole('button', { name: 'Add a card' }).tap();
  await page.keyboard.insertText('Paint');
  await page.getByRole('button', { name: 'Add card', exact: true }).tap();
  await page.getByRole('button', { name: 'Stop adding' }).tap();
  await board.card('Paint').tap();
  const dialog = page.getByRole('dialog', { name: 'Paint' });
  await dialog.getByRole('button', { name: 'Move to…' }).tap();
  const move = page.getByRole('dialog', { name: 'Move “Paint”' });
  await move.getByRole('combobox', { name: 'List' }).tap();
  await page.getByRole('option', { name: 'Doing', exact: true }).tap();
  await move.getByRole('button', { name: 'Move card' }).tap();
  await closeDialog(dialog);
  await expect(board.cards('Doing')).toHaveText(['Paint']);
  await page.getByRole('button', { name: 'Actions for Paint', exact: true }).tap();
  await page.getByRole('menuitem', { name: /^Archive card/ }).tap();
  await board.showsNot('Paint');
  await page
    .getByRole('region', { name: /^Notifications/ })
    .getByRole('button', { name: 'Undo' })
    .tap();
  await board.shows('Paint');
  await more(page, 'Archive');
  await closeDialog(page.getByRole('dialog', { name: 'Archive' }));
});

test('gantt: a plan with taps alone', async ({ people, id }) => {
  const [ana] = (await people(1, { firefox: 0, narrow: true, touch: true })) as [Person];
  const { page, gantt } = ana;
  await ana.open('gantt', id);
  await page.getByRole('button', { name: 'Add first task' }).tap();
  await page.keyboard.insertText('Dig');
  await page.keyboard.press('Enter'); // the phone's own "done" key
  await gantt.row('Dig').getByRole('button', { name: 'Actions for Dig' }).tap();
  await page.getByRole('menuitem', { name: 'Details…' }).tap();
  const dialog = page.getByRole('dialog', { name: 'Dig' });
  await dialog.getByRole('checkbox', { name: 'Milestone' }).tap();
  await closeDialog(dialog);
  await page.getByRole('radio', { name: 'Chart' }).tap();
  await expect(gantt.bar('Dig')).toBeVisible();
  await page.getByRole('radio', { name: 'Table' }).tap();
  await gantt.row('Dig').getByRole('button', { name: 'Actions for Dig' }).tap();
  await page.getByRole('menuitem', { name: /^Delete task/ }).tap();
  await gantt.showsNot('Dig');
  await page
    .getByRole('region', { name: /^Notifications/ })
    .getByRole('button', { name: 'Restore' })
    .tap();
  await gantt.shows('Dig');
});

test('blocks: a page with taps alone', async ({ people, id }) => {
  const [ana] = (await people(1, { firefox: 0, narrow: true, touch: true })) as [Person];
  const { page, blocks } = ana;
  await ana.open('blocks', id);
  await page.getByRole('main').getByRole('textbox', { name: 'Text' }).tap();
  await page.keyboard.insertText('One');
  await page.getByRole('button', { name: 'Add a block', exact: true }).tap();
  await page.keyboard.insertText('Two');
  await page.getByRole('button', { name: 'Move or change “Two”' }).tap();
  await page.getByRole('menuitem', { name: /^Indent/ }).tap();
  await expect.poll(() => blocks.content()).toEqual(['Text: One', '  Text: Two']);
  await page.getByRole('button', { name: 'Move or change “Two”' }).tap();
  await page.getByRole('menuitem', { name: /^Delete/ }).tap();
  await blocks.showsNot('Two');
  await page
    .getByRole('region', { name: /^Notifications/ })
    .getByRole('button', { name: 'Undo' })
    .tap();
  await blocks.shows('Two');
  await more(page, 'Trash');
  await closeDialog(page.getByRole('dialog', { name: 'Trash' }));
});

test('docs: a letter with taps alone', async ({ people, id }) => {
  const [ana] = (await people(1, { firefox: 0, narrow: true, touch: true })) as [Person];
  const { page } = ana;
  const text = page.getByRole('textbox', { name: 'Document text' });
  await ana.open('docs', id);
  await text.tap();
  await page.getByRole('button', { name: 'Bold' }).tap();
  await page.keyboard.insertText('Dear all');
  await expect(text.getByRole('strong')).toHaveText('Dear all');
  await page.getByRole('banner').getByRole('button', { name: /^Undo/ }).tap();
  await expect(text).not.toContainText('Dear all');
  await page.getByRole('banner').getByRole('button', { name: /^Redo/ }).tap();
  await expect(text).toContainText('Dear all');
  await more(page, 'Find and replace');
  await page.getByRole('button', { name: 'Close find and replace' }).tap();
});

for (const kind of APP_KINDS) {
  test(`${kind}: what is tapped is as large as a finger`, async ({ people, id }) => {
    const [ana] = (await people(1, { firefox: 0, narrow: true, touch: true })) as [Person];
    await ana.open(kind, id);
    await fill(ana, kind);
    expect(await tooSmall(ana.page)).toEqual([]);
  });
}
