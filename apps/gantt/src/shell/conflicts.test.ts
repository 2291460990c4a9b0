// @vitest-environment happy-dom
import { Doc } from '@concord/crdt';
import { entriesOf } from '@concord/shell';
import type { Session } from '@concord/sync';
import { expect, test } from 'vitest';
import { addLink, addTask, deleteTask, editTask, moveTask } from '../model.ts';
import { ganttSchema, type PlanMut, ROWS } from '../schema.ts';
import { ganttConflicts } from './conflicts.ts';

type Plan = Doc<typeof ganttSchema>;
const sessionOf = (doc: Plan) => ({ doc }) as unknown as Session<typeof ganttSchema>;

function two(...names: readonly string[]) {
  const [ana, bo] = [new Doc(ganttSchema), new Doc(ganttSchema)];
  const keys = names.map((name) => {
    let key = '';
    ana.change((root) => {
      key = addTask(root, null, 20_000, { name });
    });
    return key;
  });
  const tell = (from: Plan, to: Plan): void =>
    void to.apply(from.changesSince(to.version).map(({ bytes }) => bytes));
  tell(ana, bo);
  const apart = (mine: (root: PlanMut) => void, theirs: (root: PlanMut) => void): void => {
    ana.change(mine);
    bo.change(theirs);
    tell(ana, bo);
    tell(bo, ana);
  };
  const inboxOf = (doc: Plan) =>
    entriesOf({
      session: sessionOf(doc),
      views: ganttConflicts,
      since: new Map(),
      mine: new Set([doc.replica]),
    });
  return { ana, bo, keys: keys as [string, string], apart, inboxOf };
}

test('two durations: both are told, the other is one click away, and undone like any change', async () => {
  const { ana, bo, keys, apart, inboxOf } = two('Dig');
  const [dig] = keys;
  apart(
    (root) => editTask(root, dig, { duration: 3, progress: 10 }),
    (root) => editTask(root, dig, { duration: 8, progress: 10 }),
  );
  const [hers, ...rest] = await inboxOf(ana);
  expect(rest).toEqual([]);
  expect(hers).toMatchObject({ thing: 'Dig', what: 'Duration', mine: '3 days', theirs: '8 days' });
  expect((await inboxOf(bo))[0]).toMatchObject({ mine: '8 days', theirs: '3 days' });
  const before = ana.view.tasks[dig]?.duration;
  hers?.take?.run();
  expect(ana.view.tasks[dig]?.duration).toBe(before === 3 ? 8 : 3);
  expect(ana.undoLabel).toBe('Duration “Dig”');
  ana.undo();
  expect(ana.view.tasks[dig]?.duration).toBe(before);
});

test('a task that two moved: both rows are told, and one is taken; a deleted one says that it was moved', async () => {
  const { ana, bo, keys, apart, inboxOf } = two('Dig', 'Build', 'Roof', 'Paint');
  const [dig] = keys;
  apart(
    (root) => moveTask(root, dig, null),
    (root) => root.order.place(dig, ROWS, 1),
  );
  const [hers, ...rest] = await inboxOf(ana);
  expect(rest).toEqual([]);
  expect(hers).toMatchObject({ thing: 'Dig', what: 'Place', mine: '4th', theirs: '2nd' });
  expect((await inboxOf(bo))[0]).toMatchObject({ mine: '2nd', theirs: '4th' });
  const at = (): number => ana.view.order.byParent[ROWS]?.indexOf(dig) ?? -1;
  const before = at();
  hers?.take?.run();
  expect([at(), before].sort()).toEqual([1, 3]);
  expect(ana.undoLabel).toBe('Move task “Dig”');
  expect(await inboxOf(ana)).toEqual([]);
  apart(
    (root) => moveTask(root, dig, keys[1]),
    (root) => deleteTask(root, dig),
  );
  expect((await inboxOf(bo))[0]).toMatchObject({ mine: 'deleted', theirs: 'moved' });
});

test('a task deleted while somebody worked on it', async () => {
  const { ana, keys, apart, inboxOf } = two('Dig');
  const [dig] = keys;
  apart(
    (root) => editTask(root, dig, { duration: 3, notes: 'deep' }),
    (root) => deleteTask(root, dig),
  );
  const told = await inboxOf(ana);
  expect(told).toHaveLength(1);
  expect(told[0]).toMatchObject({ mine: 'edited', theirs: 'deleted', holds: 'both' });
  told[0]?.take?.run();
  expect(ana.view.links.removedNodes).toEqual([]);
  expect(await inboxOf(ana)).toEqual([]);
});

test('a suspended link waits to be put right', () => {
  const { ana, keys, apart } = two('Dig', 'Build');
  const [dig, build] = keys;
  apart(
    (root) => void addLink(root, dig, build, 'FS'),
    (root) => void addLink(root, build, dig, 'FS'),
  );
  const waiting = () => ganttConflicts.waiting?.(sessionOf(ana), {} as never) ?? [];
  expect(waiting()).toHaveLength(1);
  waiting()[0]?.fix?.run();
  expect(waiting()).toEqual([]);
  expect(ana.view.links.edges).toHaveLength(1);
});
