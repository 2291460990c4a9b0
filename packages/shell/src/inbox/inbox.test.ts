// @vitest-environment happy-dom
import { Doc, lww, object } from '@concord/crdt';
import type { Session } from '@concord/sync';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { AppDefinition, TitledSchema } from '../definition.ts';
import { type ConflictViews, choiceOf, writtenBy } from './conflict-views.ts';
import { Inbox } from './inbox.ts';

const schema = object({ title: lww(''), place: lww('') });
type Page = Doc<typeof schema>;

const views: ConflictViews<Session<typeof schema>> = {
  topics:
    () =>
    ({ path }) => [path],
  tell({ doc }, { mine, theirs, topic }) {
    const field = topic as 'title' | 'place';
    const values = { mine: writtenBy(mine), theirs: writtenBy(theirs), now: doc.view[field] };
    const take = (value: unknown): void => void doc.change((root) => root[field].set(String(value)));
    const choice = choiceOf(values, String, take);
    return choice && { thing: topic, what: topic, ...choice };
  },
};

let stop = (): void => {};
beforeEach(() => localStorage.clear());
afterEach(() => stop());

function tell(from: Page, to: Page): void {
  to.apply(from.changesSince(to.version).map(({ bytes }) => bytes));
}

/** An inbox on `doc`, as after opening the page. */
function inboxOn(doc: Page) {
  stop();
  const told: string[] = [];
  const inbox = new Inbox({
    session: { doc } as unknown as Session<TitledSchema>,
    app: { conflicts: async () => views } as unknown as AppDefinition<TitledSchema>,
    address: { kind: 'board', id: 'a' },
    as: null,
  });
  inbox.onNew = (entries) => told.push(...entries.map(({ thing }) => thing));
  stop = inbox.start();
  const shows = (...things: readonly string[]) =>
    vi.waitFor(
      () =>
        expect(
          inbox
            .get()
            .entries.map(({ thing }) => thing)
            .sort(),
        ).toEqual([...things]),
      5000,
    );
  return { inbox, told, shows };
}

function clash(): readonly [Page, Page] {
  const [ana, bo] = [new Doc(schema), new Doc(schema)];
  for (const [doc, name] of [
    [ana, 'hers'],
    [bo, 'his'],
  ] as const) {
    doc.change((root) => {
      root.title.set(name);
      root.place.set(name);
    });
  }
  return [ana, bo];
}

test('what comes while the page is open is found, told once, and not again after a reload', async () => {
  const [ana, bo] = clash();
  const first = inboxOn(ana);
  await first.shows();
  tell(bo, ana);
  await first.shows('place', 'title');
  expect([...first.told].sort()).toEqual(['place', 'title']);
  const again = inboxOn(ana);
  await again.shows('place', 'title');
  expect(again.told).toEqual([]);
});

test('what was put away stays away; with nothing left, all up to there is read', async () => {
  const [ana, bo] = clash();
  tell(bo, ana);
  const first = inboxOn(ana);
  await first.shows('place', 'title');
  const keyOf = (name: string): string =>
    first.inbox.get().entries.find(({ thing }) => thing === name)?.key ?? '';
  first.inbox.dismiss([keyOf('title')]);
  const second = inboxOn(ana);
  await second.shows('place');
  second.inbox.dismiss([keyOf('place')]);
  const stored = JSON.parse(localStorage.getItem('concord.inbox/board/a') ?? '{}');
  expect(stored).toMatchObject({ since: Object.fromEntries(ana.version), dismissed: [] });
  // What is new after that is told.
  ana.change((root) => root.place.set('anew'));
  bo.change((root) => root.place.set('elsewhere'));
  tell(bo, ana);
  await inboxOn(ana).shows('place');
});

test('taking the other settles it', async () => {
  const [ana, bo] = clash();
  tell(bo, ana);
  const { inbox, shows } = inboxOn(ana);
  await shows('place', 'title');
  const before = ana.view.title;
  inbox
    .get()
    .entries.find(({ thing }) => thing === 'title')
    ?.take?.run();
  expect(ana.view.title).toBe(before === 'hers' ? 'his' : 'hers');
  await shows('place');
});
