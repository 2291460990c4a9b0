import { converge, expect, type Person, test } from '../fixtures/test.ts';

/** Everybody on one board with the usual lists and these cards in To do. */
async function boardWith(people: readonly Person[], id: string, ...cards: readonly string[]): Promise<void> {
  const [first, ...others] = people;
  if (!first) throw new Error('nobody is here');
  await first.open('board', id);
  await first.board.begin();
  if (cards.length > 0) await first.board.addCards('To do', ...cards);
  await Promise.all(others.map((person) => person.open('board', id)));
  await converge(people);
}

async function sameScreens(people: readonly Person[]): Promise<void> {
  const [first, ...others] = people;
  if (!first) throw new Error('nobody is here');
  for (const other of others)
    await expect.poll(() => other.board.content()).toEqual(await first.board.content());
}

test('two people fill one list at the same time', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await boardWith([ana, bo], id);
  await Promise.all([
    ana.board.addCards('To do', 'Apples', 'Pears', 'Plums'),
    bo.board.addCards('To do', 'Bread', 'Butter', 'Beans'),
  ]);
  await converge([ana, bo]);
  for (const title of ['Apples', 'Pears', 'Plums', 'Bread', 'Butter', 'Beans']) {
    await ana.board.shows(title);
    await bo.board.shows(title);
  }
  await sameScreens([ana, bo]);
  expect(await ana.board.cards('To do').allTextContents()).toHaveLength(6);
});

test('two people write one description at the same time', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await boardWith([ana, bo], id, 'Soup');
  await ana.board.open('Soup');
  await bo.board.open('Soup');
  await ana.board.description.pressSequentially('Pot.');
  await expect(bo.board.description).toHaveValue('Pot.');
  await ana.board.description.press('ControlOrMeta+Home');
  await bo.board.description.press('ControlOrMeta+End');
  await Promise.all([
    ana.board.description.pressSequentially('Chop carrots. '),
    bo.board.description.pressSequentially(' Boil water.'),
  ]);
  const both = 'Chop carrots. Pot. Boil water.';
  await expect(ana.board.description).toHaveValue(both);
  await expect(bo.board.description).toHaveValue(both);
  await converge([ana, bo]);
});

test('a card that two people move stands in one place, and both are told', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await boardWith([ana, bo], id, 'Milk', 'Eggs');
  await bo.hasInbox();
  bo.goOffline();
  await bo.sees(/^Offline/);
  await ana.board.moveTo('Milk', 'Doing');
  await bo.board.moveTo('Milk', 'Done');
  await bo.goOnline();
  await converge([ana, bo]);
  await sameScreens([ana, bo]);
  await ana.board.shows('Milk');
  await bo.board.shows('Milk');
  const [inDoing, inDone] = [await ana.board.cards('Doing').count(), await ana.board.cards('Done').count()];
  expect(inDoing + inDone).toBe(1);
  // Whoever's move did not hold is told where the card went.
  const loser = inDoing === 1 ? bo : ana;
  await expect(loser.notice(/changed “Milk” at the same time as you/)).toBeVisible();
});

test('what others do during my drag waits for the drop', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await boardWith([ana, bo], id, 'Milk', 'Eggs', 'Flour');
  await ana.board.lift('Milk', 'Done');
  await bo.board.moveTo('Eggs', 'Doing');
  await converge([ana, bo]);
  await expect(ana.page.getByText('1 card moved meanwhile')).toBeVisible();
  await expect(ana.board.cards('Doing')).toHaveText([]);
  await ana.board.drop();
  await expect(ana.board.cards('Doing')).toHaveText(['Eggs']);
  await expect(ana.board.cards('Done')).toHaveText(['Milk']);
  await expect(ana.board.cards('To do')).toHaveText(['Flour']);
  await converge([ana, bo]);
  await sameScreens([ana, bo]);
});

test('a card moved into a list that was archived meanwhile stands under Unfiled', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await boardWith([ana, bo], id, 'Milk');
  bo.goOffline();
  await ana.board.archiveList('Doing');
  await bo.board.moveTo('Milk', 'Doing');
  await bo.goOnline();
  await converge([ana, bo]);
  for (const person of [ana, bo]) {
    await expect(person.board.cards('Unfiled')).toHaveText(['Milk']);
    await expect(person.page.getByText('moved to a list that somebody archived')).toBeVisible();
  }
  await ana.page.getByRole('button', { name: 'Restore list Doing' }).click();
  for (const person of [ana, bo]) await expect(person.board.cards('Doing')).toHaveText(['Milk']);
});

test('a card edited while another archives it keeps the edit, one click away', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await boardWith([ana, bo], id, 'Milk');
  bo.goOffline();
  await bo.board.open('Milk');
  await bo.board.description.pressSequentially('Two litres');
  await bo.page.keyboard.press('Escape');
  await ana.board.archive('Milk');
  await bo.goOnline();
  await converge([ana, bo]);
  await expect(ana.notice(/changed “Milk” at the same time as you/)).toBeVisible();
  const archive = await ana.board.openArchive();
  await archive.getByRole('button', { name: 'Restore “Milk”' }).click();
  await ana.page.keyboard.press('Escape');
  await ana.board.open('Milk');
  await expect(ana.board.description).toHaveValue('Two litres');
  await bo.board.shows('Milk');
});

test('undo brings my card home and leaves what others did', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await boardWith([ana, bo], id, 'Milk', 'Eggs');
  await ana.board.moveTo('Milk', 'Doing');
  await converge([ana, bo]);
  await bo.board.moveTo('Eggs', 'Done');
  await converge([ana, bo]);
  await ana.undo();
  await expect(ana.notice('Undid: Move card “Milk”')).toBeVisible();
  for (const person of [ana, bo]) {
    await expect(person.board.cards('To do')).toHaveText(['Milk']);
    await expect(person.board.cards('Done')).toHaveText(['Eggs']);
  }
});

test('a journey by keyboard alone: lists, cards, moves, archive', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await ana.open('board', id);
  await bo.open('board', id);
  const { keyboard } = ana.page;
  await ana.page.getByRole('button', { name: 'Start with To do, Doing, Done' }).focus();
  await keyboard.press('Enter');
  await expect(ana.board.list('To do')).toBeVisible();
  await keyboard.press('n');
  await expect(ana.board.list('To do').getByRole('textbox', { name: 'Card title' })).toBeFocused();
  await keyboard.type('Milk');
  await keyboard.press('Enter');
  await keyboard.type('Eggs');
  await keyboard.press('Enter');
  await keyboard.press('Escape');
  await expect(ana.board.cards('To do')).toHaveText(['Milk', 'Eggs']);
  await ana.board.card('Milk').focus();
  await keyboard.press('ArrowDown');
  await expect(ana.board.card('Eggs')).toBeFocused();
  await keyboard.press('Shift+ArrowRight');
  await expect(ana.board.card('Eggs')).toBeFocused();
  await expect(bo.board.cards('Doing')).toHaveText(['Eggs']);
  // Space lifts, arrows carry, Space drops. A screen reader is told when the card is in hand.
  await ana.board.pickUp('Eggs');
  await keyboard.press('ArrowRight');
  await keyboard.press('Space');
  await expect(bo.board.cards('Done')).toHaveText(['Eggs']);
  await expect(ana.board.card('Eggs')).toBeFocused();
  await keyboard.press('Enter');
  await expect(ana.page.getByRole('dialog', { name: 'Eggs' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(ana.board.card('Eggs')).toBeFocused();
  await keyboard.press('c');
  await expect(bo.board.card('Eggs')).toHaveCount(0);
  await keyboard.press('ControlOrMeta+z');
  await expect(bo.board.cards('Done')).toHaveText(['Eggs']);
  await converge([ana, bo]);
});

test('ten people fill one board', async ({ people, id }) => {
  test.slow();
  const all = await people(10, { firefox: 1 });
  await boardWith(all, id);
  await Promise.all(
    all.map((person) => person.board.addCards('To do', `${person.name} 1`, `${person.name} 2`)),
  );
  await converge(all);
  for (const person of all) await expect(person.board.cards('To do')).toHaveCount(20);
  await Promise.all(all.map((person) => person.board.moveTo(`${person.name} 1`, 'Done')));
  await converge(all);
  for (const person of all) {
    await expect(person.board.cards('To do')).toHaveCount(10);
    await expect(person.board.cards('Done')).toHaveCount(10);
  }
  await sameScreens(all);
});
