import { Doc, replicaId } from '@concord/crdt';
import { describe, expect, it } from 'vitest';
import { formatDay, parseDay } from './civil.ts';
import { formatPredecessors, parsePredecessors, ringOf } from './links.ts';
import {
  addLink,
  addTask,
  daysBetween,
  deleteTask,
  editLinks,
  editTask,
  linkProblem,
  moveTask,
  parseDuration,
  parseProgress,
  planPredecessors,
  removeLink,
  restoreTask,
  setWorkweek,
} from './model.ts';
import { derivePlan, type Plan, previewEdit } from './plan.ts';
import { addSample } from './sample.ts';
import { type GanttSchema, ganttSchema, type PlanMut } from './schema.ts';

const MONDAY = parseDay('2026-01-05') ?? 0;

/** A document, its plan, and short ways to edit it. */
function open(replica = '0000000000000001') {
  const doc = new Doc(ganttSchema, { replica: replicaId(replica), now: () => 0 });
  const edit = <T>(run: (root: PlanMut) => T): T => {
    let result: T | undefined;
    doc.change((root) => {
      result = run(root);
    });
    return result as T;
  };
  const add = (name: string, duration = 1): string =>
    edit((root) => addTask(root, null, MONDAY, { name, duration }));
  const plan = (): Plan => derivePlan(doc.view, MONDAY);
  const dates = (key: string): string => {
    const row = plan().byKey.get(key);
    return row ? `${formatDay(row.start)} ${formatDay(row.finish)}` : 'gone';
  };
  return { doc, edit, add, plan, dates };
}

function sync(...docs: readonly Doc<GanttSchema>[]): void {
  for (const to of docs) {
    for (const from of docs) to.apply(from.changesSince(to.version).map((change) => change.bytes));
  }
  expect(new Set(docs.map((doc) => doc.stateHash())).size).toBe(1);
}

describe('a plan', () => {
  it('starts on the day of its first task, and a weekend passes without work', () => {
    const { add, edit, dates, plan } = open();
    const a = add('A', 4);
    const b = add('B', 3);
    edit((root) => addLink(root, a, b, 'FS'));
    expect(dates(a)).toBe('2026-01-05 2026-01-08');
    expect(dates(b)).toBe('2026-01-09 2026-01-13');
    expect(formatDay(plan().finish)).toBe('2026-01-13');
  });

  it('keeps a row as the same object until something of it is new', () => {
    const { doc, add, edit, plan } = open();
    const [a, b] = [add('A', 4), add('B', 3)];
    const c = add('C');
    edit((root) => addLink(root, a, b, 'FS'));
    const before = plan();
    edit((root) => editTask(root, a, { progress: 50 }));
    const after = derivePlan(doc.view, MONDAY, before);
    expect(after.rows).toEqual(plan().rows);
    const isKept = (key: string): boolean => after.byKey.get(key) === before.byKey.get(key);
    expect([a, b, c].map(isKept)).toEqual([false, true, true]);
  });

  it('follows the working week', () => {
    const { add, edit, dates } = open();
    const a = add('A', 7);
    edit((root) => setWorkweek(root, [6, 1, 2, 3, 4, 5]));
    expect(dates(a)).toBe('2026-01-05 2026-01-12');
    expect(() => edit((root) => setWorkweek(root, []))).toThrow(RangeError);
  });

  it('shows a milestone on the evening of what it waits for, and on the morning of its own constraint', () => {
    const { add, edit, plan } = open();
    const a = add('A', 5);
    const m = edit((root) => addTask(root, null, MONDAY, { name: 'M', milestone: true }));
    edit((root) => addLink(root, a, m, 'FS'));
    expect(plan().byKey.get(m)).toMatchObject({ start: MONDAY + 4, finish: MONDAY + 4, evening: true });
    edit((root) => editTask(root, m, { start: MONDAY + 7 }));
    expect(plan().byKey.get(m)).toMatchObject({ start: MONDAY + 7, evening: false });
  });

  it('gives a milestone its duration back', () => {
    const { add, edit, plan } = open();
    const a = add('A', 5);
    edit((root) => editTask(root, a, { milestone: true }));
    expect(plan().rows[0]).toMatchObject({ duration: 0, milestone: true });
    edit((root) => editTask(root, a, { milestone: false }));
    expect(plan().rows[0]).toMatchObject({ duration: 5, milestone: false });
    edit((root) => editTask(root, a, { duration: 0 }));
    edit((root) => editTask(root, a, { milestone: false }));
    expect(plan().rows[0]).toMatchObject({ duration: 1, milestone: false });
  });

  it('counts a missed deadline as negative float', () => {
    const { add, edit, plan } = open();
    const a = add('A', 5);
    edit((root) => editTask(root, a, { deadline: MONDAY + 2 }));
    expect(plan().rows[0]).toMatchObject({ float: -2, critical: true });
  });

  it('shows what peers may write out of range in range', () => {
    const { doc, add, plan } = open();
    const a = add('A');
    doc.change((root) => {
      root.tasks.at(a).duration.set(1e300);
      root.tasks.at(a).progress.set(-5.5);
      root.tasks.at(a).start.set('soon');
      root.tasks.at(a).colour.set('url(evil)');
    });
    expect(plan().rows[0]).toMatchObject({ duration: 2000, progress: 0, constraint: null, colour: null });
  });

  it('refuses a duration or progress out of range, and changes nothing', () => {
    const { doc, add, edit } = open();
    const a = add('A', 3);
    const before = doc.stateHash();
    for (const bad of [{ duration: -1 }, { duration: 1.5 }, { progress: 101 }]) {
      expect(() => edit((root) => editTask(root, a, bad))).toThrow(RangeError);
    }
    expect(doc.stateHash()).toBe(before);
  });
});

describe('rows', () => {
  it('are ordered, moved and numbered', () => {
    const { add, edit, plan } = open();
    const [a, b, c] = [add('A'), add('B'), add('C')];
    edit((root) => moveTask(root, c, a));
    expect(plan().rows.map((row) => [row.number, row.name])).toEqual([
      [1, 'C'],
      [2, 'A'],
      [3, 'B'],
    ]);
    edit((root) => moveTask(root, c, null));
    expect(plan().rows.map((row) => row.key)).toEqual([a, b, c]);
  });

  it('moved by two people stand in one place', () => {
    const [ana, bo] = [open(), open('0000000000000002')];
    const [a, , c] = [ana.add('A'), ana.add('B'), ana.add('C')];
    sync(ana.doc, bo.doc);
    ana.edit((root) => moveTask(root, c, a));
    bo.edit((root) => moveTask(root, c, null));
    sync(ana.doc, bo.doc);
    expect(
      ana
        .plan()
        .rows.map((row) => row.name)
        .sort(),
    ).toEqual(['A', 'B', 'C']);
    expect(bo.plan().rows.map((row) => row.name)).toEqual(ana.plan().rows.map((row) => row.name));
  });
});

describe('deleting', () => {
  it('takes the links out of effect, and restoring brings task, place and links back', () => {
    const { add, edit, plan, dates } = open();
    const [a, b, c] = [add('A', 2), add('B', 3), add('C', 1)];
    edit((root) => {
      addLink(root, a, b, 'FS');
      addLink(root, b, c, 'FS');
    });
    edit((root) => deleteTask(root, b));
    expect(plan().rows.map((row) => row.name)).toEqual(['A', 'C']);
    expect(plan().trash).toEqual([{ key: b, name: 'B', links: 2 }]);
    expect(dates(c)).toBe('2026-01-05 2026-01-05');
    edit((root) => restoreTask(root, b));
    expect(plan().rows.map((row) => row.name)).toEqual(['A', 'B', 'C']);
    expect(dates(c)).toBe('2026-01-12 2026-01-12');
  });

  it('keeps what another person writes meanwhile', () => {
    const [ana, bo] = [open(), open('0000000000000002')];
    const a = ana.add('A');
    sync(ana.doc, bo.doc);
    ana.edit((root) => deleteTask(root, a));
    bo.edit((root) => editTask(root, a, { name: 'A, revised' }));
    sync(ana.doc, bo.doc);
    expect(ana.plan().trash).toMatchObject([{ name: 'A, revised' }]);
  });
});

describe('two links that make a ring, drawn at once', () => {
  it('leave one in effect; the other waits, names the ring, and revives', () => {
    const [ana, bo] = [open(), open('0000000000000002')];
    const [a, b] = [ana.add('A'), ana.add('B')];
    sync(ana.doc, bo.doc);
    ana.edit((root) => addLink(root, a, b, 'FS'));
    bo.edit((root) => addLink(root, b, a, 'FS'));
    sync(ana.doc, bo.doc);
    const plan = ana.plan();
    expect(plan.links.map((link) => link.status).sort()).toEqual(['active', 'suspended']);
    const [suspended] = plan.suspended;
    if (!suspended) throw new Error('no suspended link');
    const ring = ringOf(plan.links, suspended);
    expect(ring).toHaveLength(1);
    expect(ring[0]).toMatchObject({ from: suspended.to, to: suspended.from });
    ana.edit((root) => removeLink(root, ring[0]?.id ?? suspended.id));
    sync(ana.doc, bo.doc);
    expect(bo.plan().links.map((link) => link.status)).toEqual(['active']);
  });
});

describe('predecessors as text', () => {
  it.each([
    ['', ''],
    ['3', '3'],
    ['3fs', '3'],
    ['3FS+2d', '3FS+2d'],
    ['5 ss - 1; 3', '3, 5SS-1d'],
    ['4FF+2w', '4FF+10d'],
    ['4SF-0', '4SF'],
  ])('%j reads as %j', (text, expected) => {
    expect(formatPredecessors(parsePredecessors(text))).toBe(expected);
  });

  it.each(['x', '3FX', '3+', '3FS+2m', '-1'])('refuses %j', (text) => {
    expect(() => parsePredecessors(text)).toThrow(SyntaxError);
  });

  it('add, change and remove links', () => {
    const { add, edit, plan } = open();
    const [, , c] = [add('A'), add('B'), add('C')];
    const write = (text: string): void => {
      const edits = planPredecessors(plan(), c, text);
      edit((root) => editLinks(root, c, edits));
    };
    write('1, 2SS+1d');
    expect(plan().rows[2]?.predecessors).toBe('1, 2SS+1d');
    write('1FS+3d; 2FF');
    expect(plan().rows[2]?.predecessors).toBe('1FS+3d, 2FF');
    write('');
    expect(plan().links).toEqual([]);
  });

  it('refuse rows that are not there, the task itself, and rings', () => {
    const { add, edit, plan } = open();
    const [a, b] = [add('A'), add('B')];
    edit((root) => addLink(root, a, b, 'FS'));
    expect(() => planPredecessors(plan(), a, '9')).toThrow('There is no row 9');
    expect(() => planPredecessors(plan(), a, '1')).toThrow('itself');
    expect(() => planPredecessors(plan(), a, '2')).toThrow('A → B → A');
    expect(linkProblem(plan(), b, a, 'SS')).toContain('ring');
    expect(linkProblem(plan(), a, b, 'FS')).toContain('already');
  });

  it('refuse a link that these durations cannot satisfy', () => {
    const { add, edit, plan } = open();
    const [a, b] = [add('A', 2), add('B', 3)];
    edit((root) => addLink(root, a, b, 'SS'));
    expect(() => planPredecessors(plan(), a, '2FF')).toThrow('contradict');
    expect(linkProblem(plan(), b, a, 'FF')).toContain('contradict');
    expect(linkProblem(plan(), b, a, 'FF', -1)).toBeNull();
  });

  it('allow a ring of tasks that is none of events', () => {
    const { add, edit, plan } = open();
    const [a, b] = [add('A', 5), add('B', 2)];
    edit((root) => addLink(root, a, b, 'SS'));
    expect(linkProblem(plan(), b, a, 'FF')).toBeNull();
    edit((root) => addLink(root, b, a, 'FF'));
    expect(plan().links.map((link) => link.status)).toEqual(['active', 'active']);
    edit((root) => editTask(root, b, { duration: 9 }));
    expect(plan().links.map((link) => link.status)).toEqual(['active', 'unmet']);
  });
});

it('a preview tells what an edit would move, and moves nothing', () => {
  const { doc, add, edit, plan } = open();
  const [a, b, c] = [add('A', 5), add('B', 5), add('C', 1)];
  edit((root) => addLink(root, a, b, 'FS'));
  const before = doc.stateHash();
  const cascade = previewEdit(plan(), a, { constraint: MONDAY + 7 });
  expect([...cascade.moved].map(([key, { by }]) => [key, by])).toEqual([
    [a, 5],
    [b, 5],
  ]);
  expect(cascade.moved.has(c)).toBe(false);
  expect(cascade.finishBy).toBe(5);
  expect(formatDay(cascade.finish)).toBe('2026-01-23');
  expect(doc.stateHash()).toBe(before);
});

it('the sample plan has every kind of link, and none of them in trouble', () => {
  const { edit, plan } = open();
  edit((root) => addSample(root, MONDAY));
  const { links, suspended, unmet } = plan();
  expect(new Set(links.map((link) => link.type)).size).toBe(4);
  expect([...suspended, ...unmet]).toEqual([]);
});

it('what people type is read, or refused with words', () => {
  expect([parseDuration('5'), parseDuration('2w'), parseDuration(' 3 days ')]).toEqual([5, 10, 3]);
  expect([parseProgress('40'), parseProgress('100%')]).toEqual([40, 100]);
  for (const bad of ['', 'x', '-1', '2.5']) {
    expect(() => parseDuration(bad)).toThrow(SyntaxError);
    expect(() => parseProgress(bad)).toThrow(SyntaxError);
  }
  expect(() => parseProgress('101')).toThrow(SyntaxError);
  const { plan } = open();
  expect(daysBetween(plan().calendar, MONDAY, MONDAY + 7)).toBe(6);
});
