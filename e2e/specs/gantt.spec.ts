import { converge, expect, type Person, test } from '../fixtures/test.ts';

/** Everybody on one plan with these tasks, a day long each. */
async function planWith(people: readonly Person[], id: string, ...tasks: readonly string[]): Promise<void> {
  const [first, ...others] = people;
  if (!first) throw new Error('nobody is here');
  await first.open('gantt', id);
  await first.gantt.begin();
  for (const task of tasks) await first.gantt.add(task);
  await Promise.all(others.map((person) => person.open('gantt', id)));
  await converge(people);
  for (const person of people)
    await expect(person.gantt.table.getByRole('row')).toHaveCount(tasks.length + 2);
}

async function sameScreens(people: readonly Person[]): Promise<void> {
  const [first, ...others] = people;
  if (!first) throw new Error('nobody is here');
  await converge(people);
  for (const other of others)
    await expect.poll(() => other.gantt.content()).toEqual(await first.gantt.content());
}

test('two people fill in one task at the same time', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await planWith([ana, bo], id, 'Paint');
  await Promise.all([ana.gantt.set('Paint', 'Duration', '4'), bo.gantt.set('Paint', 'Progress', '50')]);
  for (const person of [ana, bo]) {
    await expect(person.gantt.cell('Paint', 'Duration')).toHaveText('4 d');
    await expect(person.gantt.cell('Paint', 'Progress')).toContainText('50%');
  }
  // One cell holds one value, whoever wrote last, and the same for both.
  await Promise.all([ana.gantt.set('Paint', 'Duration', '7'), bo.gantt.set('Paint', 'Duration', '9')]);
  await sameScreens([ana, bo]);
  await expect(ana.gantt.cell('Paint', 'Duration')).toHaveText(/^[79] d$/);
});

test('links that two people draw into a ring: the newest is suspended, and revives', async ({
  people,
  id,
}) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await planWith([ana, bo], id, 'Dig', 'Plant');
  bo.goOffline();
  await ana.gantt.set('Plant', 'Predecessors', '2');
  await bo.gantt.set('Dig', 'Predecessors', '3');
  await bo.goOnline();
  await sameScreens([ana, bo]);
  for (const person of [ana, bo]) {
    await expect(person.page.getByText('is suspended: it would close a ring.')).toBeVisible();
    await expect(person.page.getByRole('button', { name: /^Link from .*, suspended$/ })).toHaveCount(1);
  }
  await bo.page.getByRole('button', { name: 'Resolve' }).click();
  const panel = bo.page.getByRole('dialog', { name: 'Suspended links' });
  const suspended = await panel.getByRole('listitem').first().textContent();
  // The other link of the ring goes, so that the suspended one takes effect.
  const other = suspended?.includes('Link from Dig to Plant') ? 'Remove Plant → Dig' : 'Remove Dig → Plant';
  await panel.getByRole('button', { name: other }).click();
  await expect(panel.getByText('All links are in effect.')).toBeVisible();
  await bo.page.keyboard.press('Escape');
  await sameScreens([ana, bo]);
  for (const person of [ana, bo]) {
    await expect(person.page.getByText('is suspended')).toBeHidden();
    await expect(
      person.page.getByRole('button', { name: /^Link from (Dig to Plant|Plant to Dig), FS$/ }),
    ).toHaveCount(1);
  }
});

test('a task deleted while another links it keeps the link for its return', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await planWith([ana, bo], id, 'Dig', 'Plant');
  bo.goOffline();
  await ana.gantt.delete('Dig');
  await bo.gantt.set('Plant', 'Predecessors', '2');
  await expect(bo.gantt.link('Dig', 'Plant')).toHaveCount(1);
  await bo.goOnline();
  await sameScreens([ana, bo]);
  await bo.gantt.showsNot('Dig');
  await expect(bo.gantt.link('Dig', 'Plant')).toHaveCount(0);
  const trash = await ana.gantt.openTrash();
  await expect(trash.getByText('1 link waits with it')).toBeVisible();
  await trash.getByRole('button', { name: 'Restore “Dig”' }).click();
  await ana.page.keyboard.press('Escape');
  for (const person of [ana, bo]) {
    await person.gantt.shows('Dig');
    await expect(person.gantt.link('Dig', 'Plant')).toHaveCount(1);
  }
  await sameScreens([ana, bo]);
});

test('a task deleted while another is on it: told, kept, restored', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await planWith([ana, bo], id, 'Dig');
  await bo.gantt.set('Dig', 'Duration', '6');
  await converge([ana, bo]);
  await bo.gantt.cell('Dig', 'Progress').click();
  await ana.gantt.delete('Dig');
  await expect(bo.notice('Ana deleted “Dig” while you were on it')).toBeVisible();
  await bo.page.getByRole('button', { name: 'Restore', exact: true }).click();
  for (const person of [ana, bo]) await expect(person.gantt.cell('Dig', 'Duration')).toHaveText('6 d');
  await sameScreens([ana, bo]);
});

test('two people cause cascades through one chain: dates are computed, the same for both', async ({
  people,
  id,
}) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await planWith([ana, bo], id, 'Dig', 'Plant', 'Water');
  await ana.gantt.set('Plant', 'Predecessors', '2');
  await ana.gantt.set('Water', 'Predecessors', '3');
  await converge([ana, bo]);
  const before = await ana.gantt.cell('Water', 'Finish').textContent();
  bo.goOffline();
  await ana.gantt.set('Dig', 'Duration', '5');
  await bo.gantt.set('Plant', 'Duration', '5');
  await bo.goOnline();
  await sameScreens([ana, bo]);
  expect(await bo.gantt.cell('Water', 'Finish').textContent()).not.toBe(before);
  // Both stretched the chain: what is last has no slack, and starts after both.
  for (const person of [ana, bo]) {
    await expect(person.gantt.cell('Dig', 'Duration')).toHaveText('5 d');
    await expect(person.gantt.cell('Plant', 'Duration')).toHaveText('5 d');
    await expect(person.gantt.cell('Water', 'Float')).toHaveText('0 d');
  }
});

test('what others do while I drag a bar waits for the drop', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await planWith([ana, bo], id, 'Dig', 'Plant');
  await ana.gantt.set('Plant', 'Predecessors', '2');
  await ana.gantt.set('Dig', 'Duration', '10');
  await converge([ana, bo]);
  const bar = await ana.gantt.bar('Dig').boundingBox();
  if (!bar) throw new Error('no bar');
  const start = await ana.gantt.cell('Dig', 'Start').textContent();
  await ana.page.mouse.move(bar.x + bar.width / 2, bar.y + bar.height / 2);
  await ana.page.mouse.down();
  await ana.page.mouse.move(bar.x + bar.width / 2 + 120, bar.y + bar.height / 2, { steps: 10 });
  await bo.gantt.add('Rake');
  await converge([ana, bo]);
  await ana.gantt.showsNot('Rake');
  await ana.page.mouse.up();
  await ana.gantt.shows('Rake');
  await sameScreens([ana, bo]);
  await expect(bo.gantt.cell('Dig', 'Start')).not.toHaveText(start ?? '');
});

test('undo takes back my own edit and leaves what others did', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await planWith([ana, bo], id, 'Dig');
  await ana.gantt.set('Dig', 'Duration', '8');
  await converge([ana, bo]);
  await bo.gantt.set('Dig', 'Progress', '30');
  await converge([ana, bo]);
  await ana.undo();
  for (const person of [ana, bo]) {
    await expect(person.gantt.cell('Dig', 'Duration')).not.toHaveText('8 d');
    await expect(person.gantt.cell('Dig', 'Progress')).toContainText('30%');
  }
  await sameScreens([ana, bo]);
});

test('a name that looks like HTML is a name, in the table and in the chart', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  const name = '<img src=x onerror="window.hacked=1">';
  await planWith([ana, bo], id, name);
  for (const person of [ana, bo]) {
    await person.gantt.shows(name);
    await expect(person.gantt.bar(name)).toBeVisible();
    expect(await person.page.evaluate(() => 'hacked' in window)).toBe(false);
  }
});

test('a journey by keyboard alone: tasks, cells, links, order, deletion', async ({ people, id }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  await ana.open('gantt', id);
  await bo.open('gantt', id);
  const { keyboard } = ana.page;
  await ana.page.getByRole('button', { name: 'Add first task' }).focus();
  await keyboard.press('Enter');
  await expect(ana.gantt.table.getByRole('textbox')).toBeFocused();
  await keyboard.type('Dig');
  await keyboard.press('Enter');
  await expect(ana.gantt.row('Dig').getByRole('rowheader')).toBeFocused();
  await keyboard.press('Insert');
  await expect(ana.gantt.table.getByRole('textbox')).toBeFocused();
  await keyboard.type('Measure');
  await keyboard.press('Enter');
  await expect(ana.gantt.row('Dig').getByRole('rowheader')).toBeFocused();
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowRight');
  await keyboard.press('ArrowRight');
  await expect(ana.gantt.cell('Dig', 'Duration')).toBeFocused();
  await keyboard.type('3');
  await keyboard.press('Enter');
  await expect(bo.gantt.cell('Dig', 'Duration')).toHaveText('3 d');
  await ana.gantt.cell('Dig', 'Predecessors').focus();
  await keyboard.type('1');
  await keyboard.press('Enter');
  await expect(bo.gantt.link('Measure', 'Dig')).toHaveCount(1);
  await expect(ana.gantt.cell('Dig', 'Predecessors')).toBeFocused();
  await keyboard.press('Alt+ArrowUp');
  await expect(bo.gantt.table.getByRole('rowheader')).toHaveText([/Dig/, /Measure/]);
  await keyboard.press('Home');
  await keyboard.press('Delete');
  await bo.gantt.showsNot('Dig');
  await keyboard.press('ControlOrMeta+z');
  await bo.gantt.shows('Dig');
  await sameScreens([ana, bo]);
});

test('ten people fill one plan', async ({ people, id }) => {
  test.slow();
  const all = await people(10, { firefox: 1 });
  await planWith(all, id);
  await Promise.all(all.map((person) => person.gantt.add(`Task of ${person.name}`)));
  await converge(all);
  for (const person of all) await expect(person.gantt.table.getByRole('row')).toHaveCount(12);
  await Promise.all(
    all.map((person, i) => person.gantt.set(`Task of ${person.name}`, 'Duration', `${i + 2}`)),
  );
  await sameScreens(all);
  for (const [i, person] of all.entries())
    await expect(person.gantt.cell(`Task of ${person.name}`, 'Duration')).toHaveText(`${i + 2} d`);
});
