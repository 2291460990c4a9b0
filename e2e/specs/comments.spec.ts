import { flaws } from '../fixtures/axe.ts';
import { expect, type Person, test } from '../fixtures/test.ts';
import { APP_KINDS } from '../pages/app-page.ts';
import { CommentsPanel } from '../pages/comments-panel.ts';
import { write } from '../pages/write.ts';

for (const kind of APP_KINDS) {
  test(`two people talk about one thing in ${kind}`, async ({ people, id }) => {
    test.slow();
    const [ana, bo] = (await people(2)) as [Person, Person];
    const [hers, his] = [new CommentsPanel(ana), new CommentsPanel(bo)];
    await ana.open(kind, id);
    await ana.app(kind).begin();
    await ana.app(kind).add('Paint the door');
    await bo.open(kind, id);
    await bo.app(kind).shows('Paint the door');

    await test.step('a comment that names somebody reaches them, wherever they look', async () => {
      await hers.choose(kind, 'Paint the door');
      await hers.say('Which colour, @Bo?');
      await expect(his.button('Comments', 1)).toBeVisible();
      await expect(his.button('Notifications', 1)).toBeVisible();
      await expect(bo.notice(/Ana named you in a comment on “Paint the door”/)).toBeVisible();
      await bo.page
        .getByRole('region', { name: /^Notifications/ })
        .getByRole('button', { name: 'Show' })
        .click();
      await expect(his.thread('Paint the door')).toBeFocused();
      await expect(his.button('Notifications', 0)).toBeVisible();
    });

    await test.step('a reply comes back, and is a notification of its own', async () => {
      await his.reply('Paint the door', 'Red.');
      await expect(hers.thread('Paint the door').getByText('Red.')).toBeVisible();
      expect(await hers.thread('Paint the door').getByRole('listitem').allTextContents()).toHaveLength(2);
      expect.soft(await flaws(bo.page), 'with a thread').toEqual([]);
    });

    await test.step('one edits and deletes one’s own, and nobody else’s', async () => {
      await his.act('Paint the door', 'Edit');
      const field = bo.page.getByRole('textbox', { name: 'Edit the comment' });
      await write(field, 'Dark red.');
      await bo.page.keyboard.press('ControlOrMeta+Enter');
      await expect(hers.thread('Paint the door')).toContainText('Dark red.');
      await expect(hers.thread('Paint the door')).toContainText('edited');
      await expect(hers.thread('Paint the door').getByRole('button', { name: /^Actions/ })).toHaveCount(1);
      await his.act('Paint the door', 'Delete');
      await expect(hers.thread('Paint the door')).not.toContainText('Dark red.');
    });

    await test.step('what is resolved leaves the list and can be taken up again', async () => {
      await hers.thread('Paint the door').getByRole('button', { name: 'Resolve' }).click();
      await expect(his.button('Comments', 0)).toBeVisible();
      await his.panel.getByRole('radio', { name: 'Resolved' }).click();
      await expect(his.thread('Paint the door')).toContainText('Resolved by Ana');
      expect.soft(await flaws(bo.page), 'with a resolved thread').toEqual([]);
      await his.thread('Paint the door').getByRole('button', { name: 'Reopen' }).click();
      await expect(hers.button('Comments', 1)).toBeVisible();
    });

    await test.step('a thread leads to what it is about', async () => {
      await ana.reload();
      await hers.open();
      await hers.panel.getByRole('button', { name: 'Show “Paint the door” in the document' }).click();
      await expect(ana.page.getByRole('main').locator(':focus')).toHaveCount(1);
    });
  });
}

test('a comment stays on its words through a split, a join, a cut and a paste, and what others write', async ({
  people,
  id,
}) => {
  const [ana, bo] = (await people(2, { firefox: 0 })) as [Person, Person];
  const [hers, his] = [new CommentsPanel(ana), new CommentsPanel(bo)];
  await ana.open('docs', id);
  await ana.docs.type('The quick brown fox');
  await ana.docs.press('Enter');
  await ana.docs.type('jumps');
  await bo.open('docs', id);
  await ana.docs.select(4, 15);
  await hers.say('Which fox?');
  await expect.poll(() => his.marked).toBe('quick brown');

  await ana.docs.caretTo(9);
  await ana.docs.press('Enter');
  await expect.poll(() => his.marked).toBe('quick| brown');
  await ana.docs.press('Backspace');
  await expect.poll(() => his.marked).toBe('quick brown');

  await ana.docs.select(0, 16);
  await ana.docs.press('ControlOrMeta+x');
  await expect(hers.panel.getByRole('heading', { name: 'Detached' })).toBeVisible();
  await expect(hers.thread('quick brown')).toContainText('Which fox?');
  expect.soft(await flaws(ana.page), 'with a detached thread').toEqual([]);
  await ana.docs.caretToEnd();
  await ana.docs.press('ControlOrMeta+v');
  await expect.poll(() => his.marked).toBe('quick brown');
  await expect(hers.panel.getByRole('heading', { name: 'Detached' })).toBeHidden();
  expect(await ana.docs.content()).toEqual(['p: fox', 'p: jumpsThe quick brown ']);

  await ana.undo();
  await ana.undo();
  expect(await ana.docs.content()).toEqual(['p: The quick brown fox', 'p: jumps']);
  await expect.poll(() => his.marked).toBe('quick brown');
});

test('a comment whose words are deleted is kept with its quote, and is back with them', async ({
  people,
  id,
}) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  const his = new CommentsPanel(bo);
  await ana.open('docs', id);
  await ana.docs.type('We meet on Friday');
  await bo.open('docs', id);
  await bo.docs.shows('We meet on Friday');
  await his.choose('docs', 'Friday');
  await his.say('Or on Saturday?');
  await ana.docs.caretToEnd();
  for (const _ of ' on Friday') await ana.docs.press('Backspace');
  await expect(his.panel.getByRole('heading', { name: 'Detached' })).toBeVisible();
  await expect(his.thread('Friday')).toContainText('Or on Saturday?');
  await ana.undo();
  await expect(his.panel.getByRole('heading', { name: 'Detached' })).toBeHidden();
  await expect.poll(() => his.marked).toBe('Friday');
});

test('in Blocks a comment stays on its words when the block is split and moved', async ({ people, id }) => {
  const [ana] = (await people(1, { firefox: 0 })) as [Person];
  const hers = new CommentsPanel(ana);
  await ana.open('blocks', id);
  await ana.blocks.beginWith('Bring chairs and songs');
  await ana.blocks.add('Second');
  await ana.blocks.caretTo('Bring', 6);
  for (const _ of 'chairs') await ana.page.keyboard.press('Shift+ArrowRight');
  await hers.say('How many?');
  await expect.poll(() => hers.marked).toBe('chairs');
  await ana.blocks.caretTo('Bring', 9);
  await ana.page.keyboard.press('Enter');
  await expect.poll(() => hers.marked).toBe('cha|irs');
  await ana.page.keyboard.press('Alt+Shift+ArrowDown');
  await expect.poll(() => hers.marked).toBe('cha|irs');
  await expect(hers.thread('cha irs')).toHaveCount(1);
});

test('who made a card hears when somebody moves it, once, and not of their own moves', async ({
  people,
  id,
}) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  const [hers, his] = [new CommentsPanel(ana), new CommentsPanel(bo)];
  await ana.open('board', id);
  await ana.board.begin();
  await ana.board.add('Paint the door');
  await bo.open('board', id);
  await bo.board.moveTo('Paint the door', 'Done');
  await expect(hers.button('Notifications', 1)).toBeVisible();
  await hers.button('Notifications', 1).click();
  const panel = ana.page.getByRole('complementary', { name: 'Notifications' });
  await expect(panel.getByRole('button', { name: /Bo moved “Paint the door”/ })).toBeVisible();
  expect.soft(await flaws(ana.page), 'with a notification').toEqual([]);
  await expect(his.button('Notifications', 0)).toBeVisible();
  await ana.reload();
  await expect(hers.button('Notifications', 0)).toBeVisible();
});

test('who was only here when they were named is named by who they are, under another name too', async ({
  people,
  id,
}) => {
  const [ana, bo] = (await people(2, { firefox: 0 })) as [Person, Person];
  const [hers, his] = [new CommentsPanel(ana), new CommentsPanel(bo)];
  await ana.open('board', id);
  await ana.board.begin();
  await ana.board.add('Milk');
  await bo.open('board', id);
  await bo.board.shows('Milk');
  await ana.seesSomeone('Bo');
  await hers.choose('board', 'Milk');
  await hers.say('@Bo, how much?');
  await expect(his.button('Notifications', 1)).toBeVisible();
  await bo.page.getByRole('button', { name: 'Bo (you)' }).click();
  await write(bo.page.getByRole('textbox', { name: 'Your name' }), 'Robert');
  await bo.page.keyboard.press('Enter');
  await bo.reload();
  await expect(bo.page.getByRole('button', { name: 'Robert (you)' })).toBeVisible();
  await expect(his.button('Notifications', 1)).toBeVisible();
});

test('on a phone the comments cover the lower part, and nothing is wrong with them', async ({
  people,
  id,
}) => {
  const [ana] = (await people(1, { firefox: 0, narrow: true })) as [Person];
  const hers = new CommentsPanel(ana);
  await ana.open('docs', id);
  await ana.docs.type('We meet on Friday');
  await hers.choose('docs', 'Friday');
  await hers.say('Or on Saturday?');
  await expect(hers.thread('Friday')).toBeInViewport();
  expect.soft(await flaws(ana.page)).toEqual([]);
  await ana.page.keyboard.press('Escape');
  await expect(hers.panel).toBeHidden();
});

test.describe('with roles', () => {
  test.use({ accounts: true });

  for (const kind of APP_KINDS) {
    test(`who may only comment in ${kind} comments, and who may only read reads it`, async ({
      people,
      id,
    }) => {
      const [ana, bo, cy] = (await people(3, { firefox: 0 })) as [Person, Person, Person];
      const [hers, his, theirs] = [new CommentsPanel(ana), new CommentsPanel(bo), new CommentsPanel(cy)];
      await ana.signIn('ana');
      await ana.open(kind, id);
      await ana.app(kind).begin();
      await ana.app(kind).add('Milk');
      await ana.sees('Saved');
      await ana.sharing.open();
      const toComment = await ana.sharing.makeLink('read and comment');
      await ana.sharing.close();
      await ana.sharing.open();
      const toRead = await ana.sharing.makeLink('read');
      await ana.sharing.close();

      await bo.openShared(toComment);
      await bo.app(kind).shows('Milk');
      await expect(bo.page.getByRole('note', { name: /^Comment only/ })).toBeVisible();
      const before = await bo.stateHash();
      // A text that cannot be written in has no caret to select with.
      if (kind === 'docs') await bo.docs.text.getByText('Milk').dblclick({ position: { x: 8, y: 8 } });
      else await his.choose(kind, 'Milk');
      await his.say('How much?');
      expect(await bo.stateHash()).toBe(before);
      await expect(hers.button('Comments', 1)).toBeVisible();
      await hers.open();
      await hers.reply('Milk', 'Two litres.');
      await expect(his.thread('Milk')).toContainText('Two litres.');

      await cy.openShared(toRead);
      await cy.app(kind).shows('Milk');
      await expect(cy.page.getByRole('note', { name: /^View only/ })).toBeVisible();
      await theirs.open();
      await expect(theirs.thread('Milk')).toContainText('Two litres.');
      await expect(theirs.panel.getByRole('textbox')).toHaveCount(0);
      await expect(theirs.panel.getByRole('button', { name: /^(Add|Resolve|Actions)/ })).toHaveCount(0);
    });
  }
});
