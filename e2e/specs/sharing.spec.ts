import type { Locator } from '@playwright/test';
import { converge, expect, type Person, test } from '../fixtures/test.ts';
import { APP_KINDS, type AppKind } from '../pages/app-page.ts';
import { CommentsPanel } from '../pages/comments-panel.ts';

test.use({ accounts: true });

/** What one would take hold of to change it. */
const HANDLES: Record<AppKind, (person: Person) => Locator> = {
  docs: ({ docs }) => docs.text,
  board: ({ board }) => board.card('Milk'),
  blocks: ({ blocks }) => blocks.block('Milk'),
  gantt: ({ gantt }) => gantt.row('Milk').getByRole('rowheader'),
};

/** What one would drag. */
const GRIPS: Record<AppKind, (person: Person) => Locator> = {
  ...HANDLES,
  gantt: ({ page }) => page.getByRole('button', { name: /^Bar of Milk/ }),
};

/** Keys that change something in one of the apps. */
const KEYS = [
  'x',
  'Enter',
  'Delete',
  'Backspace',
  'c',
  'n',
  'm',
  'Insert',
  'Tab',
  'Shift+ArrowRight',
] as const;
const EDITS = /^(Undo|Redo|Add|New|Move or change|Drag list|Resize|Link from|Bold|Milestone)/;

/** Tries to change the document with the mouse, the keyboard and the clipboard. */
async function meddle(person: Person, kind: AppKind): Promise<void> {
  const { page } = person;
  const handle = HANDLES[kind](person);
  await handle.click();
  if (kind === 'board') await expect(page.getByRole('dialog', { name: 'Milk' })).toBeVisible();
  await page.keyboard.type('meddled');
  await page.keyboard.press('ControlOrMeta+V');
  await page.keyboard.press('Escape');
  await handle.focus();
  for (const key of KEYS) {
    await page.keyboard.press(key);
    // What opens to be read is closed again.
    if (await page.getByRole('dialog').isVisible()) await page.keyboard.press('Escape');
    await handle.focus();
  }
  await page.keyboard.press('ControlOrMeta+Z');
  await handle.dispatchEvent('paste', {
    clipboardData: await page.evaluateHandle(() => {
      const data = new DataTransfer();
      data.setData('text/plain', 'pasted');
      return data;
    }),
  });
  const box = await GRIPS[kind](person).boundingBox();
  if (!box) throw new Error('there is nothing to drag');
  const [x, y] = [box.x + Math.min(20, box.width / 2), box.y + Math.min(8, box.height / 2)];
  await page.mouse.move(x, y);
  await page.mouse.down();
  await page.mouse.move(x + 40, y + 10, { steps: 4 });
  await page.mouse.move(x + 400, y + 60, { steps: 8 });
  await page.mouse.up();
}

const begin = async (owner: Person, kind: AppKind, id: string): Promise<void> => {
  await owner.signIn('ana');
  await owner.open(kind, id);
  await owner.app(kind).begin();
  await owner.app(kind).add('Milk');
  await owner.sees('Saved');
};

for (const kind of APP_KINDS) {
  test(`${kind}: a link to read shows everything and lets nothing be changed, until it is revoked`, async ({
    people,
    id,
  }) => {
    const [ana, bo] = (await people(2, { firefox: 0 })) as [Person, Person];
    await begin(ana, kind, id);
    await ana.sharing.open();
    const link = await ana.sharing.makeLink('read');
    await ana.sharing.close();

    await bo.openShared(link);
    expect(bo.page.url()).not.toContain('grant');
    await bo.app(kind).shows('Milk');
    await expect(bo.page.getByRole('note', { name: /^View only/ })).toBeVisible();
    await expect(bo.page.getByRole('textbox', { name: 'Title', exact: true })).toHaveCount(0);
    await expect(bo.page.locator('main [contenteditable=true]')).toHaveCount(0);
    await expect(bo.page.getByRole('button', { name: EDITS })).toHaveCount(0);
    const before = [await bo.stateHash(), await bo.version(), await bo.app(kind).content()];
    await meddle(bo, kind);
    expect([await bo.stateHash(), await bo.version(), await bo.app(kind).content()]).toEqual(before);
    await converge([ana, bo]);
    await ana.app(kind).shows('Milk');

    await bo.reload();
    await expect(bo.page.getByRole('note', { name: /^View only/ })).toBeVisible();
    await expect(bo.page.locator('main [contenteditable=true]')).toHaveCount(0);

    const ended = bo.page.getByRole('button', { name: 'Open without the link' });
    await ana.sharing.open();
    await ana.sharing.revoke('read');
    await expect(ended).toBeVisible({ timeout: 1000 });
  });

  test(`${kind}: what a person may do follows what an owner says, at once`, async ({ people, id }) => {
    const [ana, bo] = (await people(2, { firefox: 0 })) as [Person, Person];
    await begin(ana, kind, id);
    await ana.sharing.open();
    await ana.sharing.addPerson('bo', 'Can comment');
    await bo.signIn('bo');
    await bo.open(kind, id);
    const chip = bo.page.getByRole('note', { name: /^(View|Comment) only/ });
    await expect(chip).toHaveText('Comment only');
    await bo.app(kind).shows('Milk');
    const before = await bo.version();
    await meddle(bo, kind);
    expect(await bo.version()).toEqual(before);

    await ana.sharing.setPerson('bo', 'Can edit');
    await expect(chip).toBeHidden();
    await ana.sharing.close();
    await bo.app(kind).add('Bread');
    await ana.app(kind).shows('Bread');
    await converge([ana, bo]);

    await ana.sharing.open();
    await ana.sharing.setPerson('bo', 'Can read');
    await expect(chip).toHaveText('View only');
    const after = await bo.version();
    await meddle(bo, kind);
    expect(await bo.version()).toEqual(after);
    await expect(bo.page.getByRole('button', { name: EDITS })).toHaveCount(0);
  });
}

for (const kind of APP_KINDS) {
  test(`${kind}: whoever may not open it reads that, and not that nothing is there`, async ({
    people,
    id,
  }) => {
    const [ana, bo] = (await people(2, { firefox: 0 })) as [Person, Person];
    await begin(ana, kind, id);
    await bo.signIn('bo');
    await bo.page.goto(bo.address(kind, id));
    const main = bo.page.getByRole('main');
    await expect(main.getByText('You may not open this document.')).toBeVisible();
    await expect(main.getByText('Ask the person who gave you the address')).toBeVisible();
    await expect(main.getByText('Nothing here yet')).toHaveCount(0);
    await expect(main.getByRole('link', { name: 'Go to the home page' })).toHaveAttribute('href', '/');
  });
}

test('docs: who may comment has a caret, and comments on words by keys alone', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await begin(ana, 'docs', id);
  await ana.sharing.open();
  await ana.sharing.addPerson('bo', 'Can comment');
  await ana.sharing.close();
  await bo.signIn('bo');
  await bo.open('docs', id);
  await bo.docs.shows('Milk');
  await bo.docs.text.focus();
  await expect(bo.docs.text).toHaveAttribute('aria-readonly', 'true');
  await bo.docs.press('ControlOrMeta+End', 'Shift+ArrowLeft', 'Shift+ArrowLeft');
  // The caret is as good as anybody's: others see where it is.
  await expect(ana.docs.caretOf('Bo')).toHaveCount(1);
  const before = await bo.version();
  // Neither does what is selected go away by it.
  await bo.docs.press('x', 'Enter', 'Delete', 'ControlOrMeta+B', 'ControlOrMeta+Z');
  expect(await bo.version()).toEqual(before);
  const panel = new CommentsPanel(bo);
  await panel.say('A good start');
  await expect(panel.thread('lk')).toContainText('A good start');
  await expect(new CommentsPanel(ana).button('Comments', 1)).toBeVisible();

  // What others write meanwhile comes in, and what was typed here is nowhere.
  await ana.docs.caretToEnd();
  await ana.docs.goOn(' and bread');
  await bo.docs.shows('Milk and bread');
  await ana.sharing.open();
  await ana.sharing.setPerson('bo', 'Can edit');
  await ana.sharing.close();
  await expect(bo.docs.text).not.toHaveAttribute('aria-readonly');
  await bo.docs.add('Cheese');
  await ana.docs.shows('Cheese');
  await converge([ana, bo]);
  expect(await bo.docs.content()).toEqual(await ana.docs.content());
});

test.describe('without accounts', () => {
  test.use({ accounts: false });

  test('a link to read is no more than that, and the dialog says what the plain address allows', async ({
    people,
    id,
  }) => {
    const [ana, bo] = (await people(2, { firefox: 0 })) as [Person, Person];
    await ana.open('board', id);
    await ana.board.begin();
    await ana.sharing.open();
    await expect(ana.sharing.dialog).toContainText('Anyone who knows it can edit.');
    await expect(ana.sharing.dialog.getByRole('textbox', { name: 'Account name' })).toHaveCount(0);
    await bo.openShared(await ana.sharing.makeLink('read'));
    await expect(bo.page.getByRole('note', { name: /^View only/ })).toBeVisible();
    await expect(bo.page.getByRole('button', { name: EDITS })).toHaveCount(0);
    await bo.sharing.open();
    await expect(bo.sharing.dialog).toContainText('Only an owner can change who may do what here.');
  });
});
