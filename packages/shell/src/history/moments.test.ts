import { at, Doc, history, lww, object, replicaId, text, type VersionVector } from '@concord/crdt';
import { forSeeds } from '@concord/crdt/testing';
import { expect, test } from 'vitest';
import { Moments } from './moments.ts';

const schema = object({ title: lww(''), body: text() });
let now = 0;
const replica = (n: number) =>
  new Doc(schema, { replica: replicaId(`${n}`.padStart(16, '0')), now: () => now });
type TestDoc = ReturnType<typeof replica>;
const sync = (from: TestDoc, to: TestDoc) => to.apply(from.changesSince(to.version).map((c) => c.bytes));
const minute = 60_000;

test('a moment ends with a pause, or with another author who comes later; who writes at the same time shares it', async () => {
  now = 1_700_000_000_000;
  const [ana, bo] = [replica(1), replica(2)];
  const type = (doc: TestDoc, letters: string) => doc.change((root) => root.body.insert(0, letters));
  type(ana, 'Hello');
  now += minute;
  type(ana, 'you');
  now += 3 * minute;
  type(ana, 'again');
  sync(ana, bo);
  now += minute;
  bo.change((root) => root.title.set('By Bo'));
  sync(bo, ana);
  now += 2000;
  type(ana, 'x');
  const moments = new Moments(ana);
  await moments.update();
  expect(moments.get().map(({ replicas, edits }) => [replicas, edits])).toEqual([
    [[ana.replica], 8],
    [[ana.replica], 5],
    [[bo.replica, ana.replica], 2],
  ]);
  expect([...(moments.get()[2]?.areas.keys() ?? [])]).toEqual(['title', 'body']);
  expect(moments.version(-1).size).toBe(0);
  expect(at(ana, moments.version(0)).body.text).toBe('youHello');
  expect(at(ana, moments.version(1)).title).toBe('');
  expect(moments.version(2)).toEqual(ana.version);
  for (const i of [0, 1, 2]) expect(moments.indexOf(moments.version(i))).toBe(i);

  const [first] = moments.get();
  now += 5 * minute;
  type(ana, 'later');
  ana.nameVersion('Draft');
  await moments.update();
  expect(moments.get()).toHaveLength(4);
  expect(moments.get()[0]).toBe(first);
  expect(moments.get()[3]?.edits).toBe(5);
});

test('every version holds what it builds on, and the last one everything, whatever comes when (fuzz)', async () => {
  const cases: { doc: TestDoc; moments: Moments<typeof schema> }[] = [];
  const pending: Promise<void>[] = [];
  let rests = 0;
  forSeeds(15, (random) => {
    now = 1_700_000_000_000;
    const docs = [replica(1), replica(2), replica(3)] as const;
    let ticks = 0;
    const clock = {
      now: () => ticks++,
      rest: async () => {
        rests++;
      },
    };
    const moments = new Moments(docs[0], clock);
    for (let step = 0; step < 60; step++) {
      const doc = random.pick(docs);
      if (random.chance(0.6)) doc.change((root) => root.body.insert(random.int(root.body.length + 1), 'ab'));
      else sync(random.pick(docs), doc);
      now += random.int(90_000);
      if (random.chance(0.1)) pending.push(moments.update());
    }
    for (const doc of docs) sync(doc, docs[0]);
    cases.push({ doc: docs[0], moments });
  });
  await Promise.all(pending);
  for (const { doc, moments } of cases) {
    await moments.update();
    const count = moments.get().length;
    expect(count).toBeGreaterThan(1);
    expect(moments.version(count - 1)).toEqual(doc.version);
    const deps: { at: VersionVector; lacking: boolean }[] = [];
    for (let i = 0; i < count; i++) {
      const version = moments.version(i);
      for (const change of history(doc)) {
        if ((version.get(change.replica) ?? 0) <= change.from) continue;
        deps.push({
          at: version,
          lacking: change.deps.some((dep) => (version.get(dep.replica) ?? 0) <= dep.seq),
        });
      }
    }
    expect(deps.some(({ lacking }) => lacking)).toBe(false);
  }
  expect(rests).toBeGreaterThan(20);
});
