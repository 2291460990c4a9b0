import { converge, expect, type Person, test } from '../fixtures/test.ts';

/** Everybody on one page with these blocks. */
async function pageWith(people: readonly Person[], id: string, ...lines: readonly string[]): Promise<void> {
  const [first, ...others] = people;
  const [line, ...rest] = lines;
  if (!first || line === undefined) throw new Error('nobody is here');
  await first.open('blocks', id);
  await first.blocks.beginWith(line);
  for (const each of rest) await first.blocks.add(each);
  await Promise.all(others.map((person) => person.open('blocks', id)));
  await converge(people);
  for (const person of people) await expect(person.blocks.blocks).toHaveText([...lines]);
}

async function sameScreens(people: readonly Person[]): Promise<readonly string[]> {
  const [first, ...others] = people;
  if (!first) throw new Error('nobody is here');
  await converge(people);
  const content = await first.blocks.content();
  for (const other of others) await expect.poll(() => other.blocks.content()).toEqual(content);
  return content;
}

test('two people type in one block, live: nothing is lost and both see the same', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await pageWith([ana, bo], id, 'Start');
  await ana.blocks.caretToEndOf('Start');
  await bo.blocks.caretToEndOf('Start');
  await Promise.all([ana.blocks.goOn('xxxxxxxxxxxx'), bo.blocks.goOn('yyyyyyyyyyyy')]);
  const [line] = await sameScreens([ana, bo]);
  expect(line).toMatch(/^Text: Start[xy]{24}$/);
  expect(line?.match(/y/g)?.length).toBe(12);
});

test('moving a block while another types in it keeps the text', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await pageWith([ana, bo], id, 'Fruit', 'Apples', 'Vegetables');
  await bo.blocks.caretToEndOf('Apples');
  await Promise.all([bo.blocks.goOn(' and pears'), ana.blocks.moveInto('Vegetables', 'Fruit')]);
  await ana.blocks.caretToEndOf('Apples');
  await Promise.all([bo.blocks.goOn(' and plums'), ana.blocks.press('Alt+Shift+ArrowUp')]);
  await sameScreens([ana, bo]);
  for (const person of [ana, bo]) await person.blocks.shows('Apples and pears and plums');
  // And apart from each other.
  bo.goOffline();
  await bo.blocks.goOn(' and figs');
  await ana.blocks.moveInto('Apples and pears and plums', 'Vegetables');
  await bo.goOnline();
  const content = await sameScreens([ana, bo]);
  expect(content.filter((line) => line.endsWith('Apples and pears and plums and figs'))).toHaveLength(1);
});

test('two people split one block, and both splits stand', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await pageWith([ana, bo], id, 'onetwothree');
  bo.goOffline();
  await ana.blocks.caretTo('onetwothree', 3);
  await ana.blocks.press('Enter');
  await bo.blocks.caretTo('onetwothree', 6);
  await bo.blocks.press('Enter');
  await bo.goOnline();
  const content = await sameScreens([ana, bo]);
  expect([...content].sort()).toEqual(['Text: one', 'Text: three', 'Text: two']);
});

test('what is typed in a run that another makes bold is bold, and stays', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await pageWith([ana, bo], id, 'bold');
  bo.goOffline();
  await ana.blocks.caretTo('bold', 0);
  for (let i = 0; i < 4; i++) await ana.blocks.press('Shift+ArrowRight');
  await ana.blocks.press('ControlOrMeta+b');
  await bo.blocks.caretTo('bold', 2);
  await bo.blocks.goOn('XX');
  await bo.goOnline();
  expect(await sameScreens([ana, bo])).toEqual(['Text: boXXld']);
  for (const person of [ana, bo]) await expect.poll(() => person.blocks.bold()).toBe('boXXld');
});

test('two moves that would close a ring: one is skipped, and its author may apply it anyway', async ({
  people,
  id,
}) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await pageWith([ana, bo], id, 'Hen', 'Egg');
  bo.goOffline();
  await ana.blocks.moveInto('Hen', 'Egg');
  await bo.blocks.moveInto('Egg', 'Hen');
  await bo.goOnline();
  const content = await sameScreens([ana, bo]);
  expect(content).toHaveLength(2);
  const loser = content[0] === 'Text: Egg' ? bo : ana;
  const wanted = loser === bo ? ['Text: Hen', '  Text: Egg'] : ['Text: Egg', '  Text: Hen'];
  await expect(loser.notice(/^That move would have put “(Hen|Egg)” inside itself/)).toBeVisible();
  await loser.page.getByRole('button', { name: 'Apply anyway' }).click();
  await expect.poll(() => sameScreens([ana, bo])).toEqual(wanted);
});

test('a block deleted while another writes in it: told, kept, restored', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await pageWith([ana, bo], id, 'Title', 'Draft');
  bo.goOffline();
  await bo.blocks.caretToEndOf('Draft');
  await bo.blocks.goOn(' with new words');
  await ana.blocks.delete('Draft');
  await bo.goOnline();
  await converge([ana, bo]);
  await expect(bo.notice(/deleted the block you were editing/)).toBeVisible();
  await expect(ana.notice(/is writing in a deleted block/)).toBeVisible();
  const trash = await ana.blocks.openTrash();
  await trash.getByRole('button', { name: 'Restore “Draft with new words”' }).click();
  await ana.page.keyboard.press('Escape');
  for (const person of [ana, bo]) await person.blocks.shows('Draft with new words');
  await sameScreens([ana, bo]);
});

test('undo brings my move back and leaves what others typed', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await pageWith([ana, bo], id, 'Fruit', 'Apples');
  await ana.blocks.moveInto('Apples', 'Fruit');
  await converge([ana, bo]);
  await bo.blocks.caretToEndOf('Apples');
  await bo.blocks.goOn(' and pears');
  await converge([ana, bo]);
  await ana.undo();
  expect(await sameScreens([ana, bo])).toEqual(['Text: Fruit', 'Text: Apples and pears']);
  await ana.redo();
  expect(await sameScreens([ana, bo])).toEqual(['Text: Fruit', '  Text: Apples and pears']);
});

test('a journey by keyboard alone: Markdown, slash menu, indent, move, delete, undo', async ({
  people,
  id,
}) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await ana.open('blocks', id);
  await bo.open('blocks', id);
  await ana.blocks.beginWith('# Plan');
  await ana.blocks.press('Enter');
  await ana.blocks.goOn('[] Dig');
  await ana.blocks.press('Enter');
  await ana.blocks.goOn('Rake');
  await ana.blocks.press('Tab');
  await ana.blocks.press('Enter', 'Enter', 'Enter');
  await ana.blocks.goOn('/quo');
  await expect(ana.page.getByRole('listbox', { name: 'Blocks to choose from' })).toBeVisible();
  await ana.blocks.press('Enter');
  await ana.blocks.goOn('Said');
  for (const person of [ana, bo])
    await expect
      .poll(() => person.blocks.content())
      .toEqual(['Heading 1: Plan', 'To-do: Dig', '  To-do: Rake', 'Quote: Said']);
  await ana.blocks.press('Alt+Shift+ArrowUp');
  await expect
    .poll(() => bo.blocks.content())
    .toEqual(['Heading 1: Plan', 'Quote: Said', 'To-do: Dig', '  To-do: Rake']);
  await ana.blocks.press('ControlOrMeta+Shift+Backspace');
  await bo.blocks.showsNot('Said');
  await ana.blocks.press('ControlOrMeta+z');
  await bo.blocks.shows('Said');
  await sameScreens([ana, bo]);
});

test('ten people write on one page', async ({ people, id }) => {
  test.slow();
  const all = await people(10, { firefox: 1 });
  await pageWith(all, id, 'Everyone:');
  await Promise.all(
    all.map(async (person, i) => {
      await person.blocks.caretToEndOf('Everyone:');
      await person.blocks.goOn(String(i).repeat(6));
    }),
  );
  const [line] = await sameScreens(all);
  const letters = [...(line ?? '').slice('Text: Everyone:'.length)].sort().join('');
  expect(letters).toBe(all.map((_, i) => String(i).repeat(6)).join(''));
});
