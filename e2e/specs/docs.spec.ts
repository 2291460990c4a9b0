import { converge, expect, type Person, test } from '../fixtures/test.ts';

/** Everybody in one document that says `words`. */
async function documentWith(people: readonly Person[], id: string, words: string): Promise<void> {
  const [first, ...others] = people;
  if (!first) throw new Error('nobody is here');
  await first.open('docs', id);
  if (words !== '') await first.docs.type(words);
  await Promise.all(others.map((person) => person.open('docs', id)));
  for (const person of people) await expect(person.docs.text).toHaveText(words);
  await converge(people);
}

async function sameScreens(people: readonly Person[]): Promise<readonly string[]> {
  const [first, ...others] = people;
  if (!first) throw new Error('nobody is here');
  await converge(people);
  const content = await first.docs.content();
  for (const other of others) await expect.poll(() => other.docs.content()).toEqual(content);
  return content;
}

test('two people type at the same place, live: nothing is lost and both see the same', async ({
  people,
  id,
}) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await documentWith([ana, bo], id, 'Start');
  await ana.docs.caretToEnd();
  await bo.docs.caretToEnd();
  await Promise.all([ana.docs.type('aaaaaaaaaaaa'), bo.docs.type('bbbbbbbbbbbb')]);
  const [line] = await sameScreens([ana, bo]);
  expect(line).toMatch(/^p: Start[ab]{24}$/);
  expect(line?.match(/a/g)?.length).toBe(13);
});

test('words typed at the same place while apart do not mix', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await documentWith([ana, bo], id, 'Start.');
  bo.goOffline();
  await ana.docs.caretToEnd();
  await bo.docs.caretToEnd();
  await ana.docs.type(' Words of Ana.');
  await bo.docs.type(' Words of Bo.');
  await bo.sees(/^Offline · \d+ waiting$/);
  await bo.goOnline();
  const content = await sameScreens([ana, bo]);
  expect(['p: Start. Words of Ana. Words of Bo.', 'p: Start. Words of Bo. Words of Ana.']).toContain(
    content[0],
  );
});

test('two people split one paragraph, and both splits stand', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await documentWith([ana, bo], id, 'onetwothree');
  bo.goOffline();
  await ana.docs.caretTo(3);
  await ana.docs.press('Enter');
  await bo.docs.caretTo(6);
  await bo.docs.press('Enter');
  await bo.goOnline();
  expect(await sameScreens([ana, bo])).toEqual(['p: one', 'p: two', 'p: three']);
});

test('what is typed in a run that another makes bold is bold, and stays', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await documentWith([ana, bo], id, 'make this bold');
  bo.goOffline();
  await ana.docs.select(5, 9);
  await ana.docs.press('ControlOrMeta+b');
  await bo.docs.caretTo(7);
  await bo.docs.type('XX');
  await bo.goOnline();
  expect(await sameScreens([ana, bo])).toEqual(['p: make thXXis bold']);
  for (const person of [ana, bo]) await expect.poll(() => person.docs.marked('strong')).toBe('thXXis');
});

test('a line typed in a paragraph that another deletes survives', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await documentWith([ana, bo], id, 'old words');
  bo.goOffline();
  await ana.docs.select(0, 9);
  await ana.docs.press('Delete');
  await bo.docs.caretTo(3);
  await bo.docs.type(' but new');
  await bo.goOnline();
  expect(await sameScreens([ana, bo])).toEqual(['p:  but new']);
});

test('undo takes back my own words, and those of others inside them stay', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await documentWith([bo, ana], id, 'Base.');
  await ana.docs.caretToEnd();
  await ana.docs.type('My words.');
  await expect(bo.docs.text).toHaveText('Base.My words.');
  await bo.docs.caretTo(7);
  await bo.docs.type('BO');
  await expect(ana.docs.text).toHaveText('Base.MyBO words.');
  await ana.undoAll();
  expect(await sameScreens([ana, bo])).toEqual(['p: Base.BO']);
  await ana.redoAll();
  expect(await sameScreens([ana, bo])).toEqual(['p: Base.MyBO words.']);
});

test('my caret stays at its letter while others write before it', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await documentWith([ana, bo], id, 'headtail');
  await ana.docs.caretTo(4);
  await bo.docs.caretTo(0);
  await bo.docs.type('Before ');
  await expect(ana.docs.text).toHaveText('Before headtail');
  await bo.docs.press('Enter');
  await expect.poll(() => ana.docs.content()).toEqual(['p: Before ', 'p: headtail']);
  await ana.docs.type('|');
  expect(await sameScreens([ana, bo])).toEqual(['p: Before ', 'p: head|tail']);
});

test('the other’s caret is seen, with a name', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await documentWith([ana, bo], id, 'Here');
  await bo.docs.caretToEnd();
  await expect(ana.docs.caretOf('Bo')).toBeVisible();
});

test('a journey by keyboard alone: heading, list, task, bold, undo', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await documentWith([ana, bo], id, '');
  await ana.docs.type('# Shopping');
  await ana.docs.press('Enter');
  await ana.docs.type('- Milk');
  await ana.docs.press('Enter', 'Tab');
  await ana.docs.type('Oat');
  await ana.docs.press('Enter', 'Shift+Tab', 'Enter');
  await ana.docs.type('1. First');
  await ana.docs.press('Enter', 'Enter');
  await ana.docs.type('Very ');
  await ana.docs.press('ControlOrMeta+b');
  await ana.docs.type('bold');
  for (const person of [ana, bo]) {
    await expect(person.docs.text.getByRole('heading', { name: 'Shopping', level: 1 })).toBeVisible();
    await expect(person.docs.text.getByRole('listitem')).toHaveText(['Milk', 'Oat', 'First']);
    await expect.poll(() => person.docs.marked('strong')).toBe('bold');
  }
  const content = await sameScreens([ana, bo]);
  expect(content).toEqual(['h1: Shopping', 'bullet: Milk', 'bullet: Oat', 'ordered: First', 'p: Very bold']);
  // Escape, then Tab, leaves the text.
  await ana.docs.press('Escape', 'Tab');
  await expect(ana.docs.text).not.toBeFocused();
});

test('two people format one paragraph from the toolbar', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await documentWith([ana, bo], id, 'An announcement');
  bo.goOffline();
  await ana.docs.select(0, 2);
  await ana.docs.tool('Italic').click();
  await bo.docs.select(0, 15);
  await bo.docs.tool('Bold').click();
  await bo.docs.tool('Quote').click();
  await bo.goOnline();
  await sameScreens([ana, bo]);
  for (const person of [ana, bo]) {
    await expect(person.docs.text.getByRole('blockquote')).toHaveText('An announcement');
    await expect.poll(() => person.docs.marked('emphasis')).toBe('An');
    await expect.poll(() => person.docs.marked('strong')).toBe('An announcement');
  }
});

test('ten people write in one document', async ({ people, id }) => {
  test.slow();
  const all = await people(10, { firefox: 1 });
  await documentWith(all, id, 'Everyone:');
  await Promise.all(
    all.map(async (person, i) => {
      await person.docs.caretToEnd();
      await person.docs.type(String(i).repeat(8));
    }),
  );
  const [line] = await sameScreens(all);
  const letters = [...(line ?? '').slice('p: Everyone:'.length)].sort().join('');
  expect(letters).toBe(all.map((_, i) => String(i).repeat(8)).join(''));
});
