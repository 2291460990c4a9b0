import { flaws } from '../fixtures/axe.ts';
import { converge, expect, type Person, test } from '../fixtures/test.ts';
import type { AppKind } from '../pages/app-page.ts';
import { InboxPage } from '../pages/inbox-page.ts';

type Clash = {
  /** What both see before they part. */
  readonly before: (ana: Person) => Promise<void>;
  readonly anaDoes: (ana: Person) => Promise<void>;
  readonly boDoes: (bo: Person) => Promise<void>;
  /** The name of what both changed, and what each made of it, as its own side and the other tell it. */
  readonly thing: string;
  readonly ana: string;
  readonly bo: string;
};

/** Where only one can have their way. */
const CHOICES: Readonly<Partial<Record<AppKind, Clash>>> = {
  board: {
    before: ({ board }) => board.addCards('To do', 'Milk'),
    anaDoes: ({ board }) => board.moveTo('Milk', 'Doing'),
    boDoes: ({ board }) => board.moveTo('Milk', 'Done'),
    ...{ thing: 'Milk', ana: 'Doing', bo: 'Done' },
  },
  gantt: {
    before: async () => {},
    anaDoes: ({ gantt }) => gantt.set('Begin', 'Duration', '3'),
    boDoes: ({ gantt }) => gantt.set('Begin', 'Duration', '8'),
    ...{ thing: 'Begin', ana: '3 days', bo: '8 days' },
  },
  blocks: {
    before: async ({ blocks }) => {
      await blocks.add('Left');
      await blocks.add('Right');
    },
    anaDoes: ({ blocks }) => blocks.moveInto('Begin', 'Left'),
    boDoes: ({ blocks }) => blocks.moveInto('Begin', 'Right'),
    ...{ thing: 'Begin', ana: '“Left”', bo: '“Right”' },
  },
  docs: {
    before: async () => {},
    anaDoes: (ana) => ana.rename('Plan A'),
    boDoes: (bo) => bo.rename('Plan B'),
    ...{ thing: 'Plan', ana: 'Plan A', bo: 'Plan B' },
  },
};

/** Both have the document open, and the same of it. */
async function meet(people: readonly [Person, Person], kind: AppKind, id: string): Promise<void> {
  const [ana, bo] = people;
  await ana.open(kind, id);
  await ana.app(kind).begin();
  await bo.open(kind, id);
  await bo
    .app(kind)
    .shows('Begin')
    .catch(() => undefined);
}

for (const [kind, clash] of Object.entries(CHOICES) as [AppKind, Clash][]) {
  test(`${kind}: both are told the same truth of what merged, one takes the other, and takes that back`, async ({
    people,
    id,
  }) => {
    const pair = (await people(2, { firefox: 0 })) as [Person, Person];
    const [ana, bo] = pair;
    await ana.open(kind, id);
    await ana.app(kind).begin();
    await clash.before(ana);
    await bo.open(kind, id);
    await converge(pair);
    await bo.hasInbox();
    bo.goOffline();
    await clash.anaDoes(ana);
    await clash.boDoes(bo);
    await bo.goOnline();
    await converge(pair);
    const [hers, his] = [new InboxPage(ana.page), new InboxPage(bo.page)];
    await expect(bo.notice(/at the same time as you/)).toBeVisible();
    await hers.open();
    await his.open();

    const anaWon = (await hers.side(clash.thing, 'You')).includes('This is what stands now');
    const stands = (won: boolean): string => (won ? 'This is what stands now' : '');
    await expect(hers.entry(clash.thing)).toHaveCount(1);
    expect(await hers.side(clash.thing, 'You')).toContain(`You ${clash.ana}${stands(anaWon)}`);
    expect(await hers.side(clash.thing, 'Bo')).toContain(`Bo ${clash.bo}${stands(!anaWon)}`);
    expect(await his.side(clash.thing, 'You')).toContain(`You ${clash.bo}${stands(!anaWon)}`);
    expect(await his.side(clash.thing, 'Ana')).toContain(`Ana ${clash.ana}${stands(anaWon)}`);
    expect(await flaws(ana.page)).toEqual([]);

    // Who lost takes their own again: that settles it for both, and is a change like any other.
    const [loser, other] = anaWon ? [bo, ana] : [ana, bo];
    const before = await loser.stateHash();
    const inboxOf = (person: Person): InboxPage => (person === ana ? hers : his);
    await inboxOf(loser).entry(clash.thing).getByRole('button', { name: 'Take mine' }).click();
    await expect(inboxOf(loser).entry(clash.thing)).toHaveCount(0);
    await converge(pair);
    expect(await loser.stateHash()).not.toBe(before);
    await expect(inboxOf(other).entry(clash.thing)).toHaveCount(0);
    await loser.undo();
    await converge(pair);
    await expect(loser.notice(/^Undid:/)).toBeVisible();
    await expect(inboxOf(loser).button).toHaveAccessibleName('Merged changes');
  });

  test(`${kind}: what was done can be taken back after a reload, and done again`, async ({ people, id }) => {
    const [ana] = (await people(1)) as [Person];
    await ana.open(kind, id);
    await ana.app(kind).begin();
    await clash.before(ana);
    await ana.sees('Saved');
    const before = await ana.app(kind).content();
    await clash.anaDoes(ana);
    await ana.sees('Saved');
    await ana.reload();
    await ana.undo();
    if (kind === 'docs') await expect.poll(() => titleOf(ana)).not.toBe('Plan A');
    else await expect.poll(() => ana.app(kind).content()).toEqual(before);
    await ana.reload();
    await ana.redo();
    if (kind === 'docs') await expect.poll(() => titleOf(ana)).toBe('Plan A');
    else await expect.poll(() => ana.app(kind).content()).not.toEqual(before);
  });
}

const titleOf = (person: Person): Promise<string> =>
  person.page.getByRole('textbox', { name: 'Title', exact: true }).inputValue();

test('docs: written into a passage while another deletes it: kept, and both are told', async ({
  people,
  id,
}) => {
  const pair = (await people(2, { firefox: 0 })) as [Person, Person];
  const [ana, bo] = pair;
  await meet(pair, 'docs', id);
  await converge(pair);
  await bo.hasInbox();
  bo.goOffline();
  await ana.docs.select(0, 5);
  await ana.docs.press('Delete');
  await bo.docs.caretTo(3);
  await bo.docs.type('NEW');
  await bo.goOnline();
  await converge(pair);
  const [hers, his] = [new InboxPage(ana.page), new InboxPage(bo.page)];
  await hers.open();
  await his.open();
  expect(await his.side('NEW', 'You')).toContain('wrote “NEW”');
  expect(await his.side('NEW', 'Ana')).toContain('deleted the text around it');
  expect(await hers.side('NEW', 'You')).toContain('deleted the text around it');
  await his.entry('NEW').getByRole('button', { name: 'Dismiss' }).click();
  await expect(his.panel.getByText('Nothing to look at')).toBeVisible();
  await bo.reload();
  await expect(his.button).toHaveCount(0);
  await bo.docs.shows('NEW');
});

for (const kind of ['board', 'gantt', 'blocks'] as const) {
  test(`${kind}: deleted while another works on it: kept, and one click away`, async ({ people, id }) => {
    const pair = (await people(2, { firefox: 0 })) as [Person, Person];
    const [ana, bo] = pair;
    await ana.open(kind, id);
    await ana.app(kind).begin();
    await ana.app(kind).add('Milk');
    await bo.open(kind, id);
    await bo.app(kind).shows('Milk');
    await converge(pair);
    await bo.hasInbox();
    bo.goOffline();
    if (kind === 'board') await ana.board.archive('Milk');
    else await ana[kind].delete('Milk');
    if (kind === 'board') await bo.board.moveTo('Milk', 'Doing');
    else if (kind === 'gantt') await bo.gantt.set('Milk', 'Duration', '4');
    else {
      await bo.blocks.caretToEndOf('Milk');
      await bo.blocks.goOn(' and eggs');
    }
    await bo.goOnline();
    await converge(pair);
    const inbox = new InboxPage(bo.page);
    await inbox.open();
    await inbox.entry('Milk').getByRole('button', { name: 'Restore' }).click();
    for (const person of pair) await person.app(kind).shows(kind === 'blocks' ? 'Milk and eggs' : 'Milk');
    await expect(inbox.entry('Milk')).toHaveCount(0);
  });
}
