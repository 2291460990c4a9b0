import type { DagOp, Deed, Doc, Json, PlacementOp } from '@concord/crdt';
import {
  type ConflictTold,
  type ConflictViews,
  choiceOf,
  decideTheSame,
  type InboxWords,
  keyIn,
  stepOn,
  writtenBy,
} from '@concord/shell';
import type { Session } from '@concord/sync';
import { today } from '../civil.ts';
import { removeLink, restoreTask } from '../model.ts';
import { derivePlan } from '../plan.ts';
import { type GanttSchema, type PlanMut, ROWS, type TaskView } from '../schema.ts';
import { words } from '../words.ts';

type Field = keyof TaskView;

const FIELDS: Readonly<Partial<Record<Field, () => string>>> = {
  name: () => words.columns.name,
  duration: () => words.columns.duration,
  progress: () => words.columns.progress,
  start: () => words.columns.start,
  deadline: () => words.setDeadline,
  milestone: () => words.milestoneCell,
  notes: () => words.editNotes,
};

/** A task with its fields, its row and its deletion; anything else by itself. */
function topicsOf({ path, op, contested }: Deed): readonly string[] {
  const task = keyIn(path, 'tasks');
  if (task !== null) return [`task ${task}`];
  if (path === 'order') return [`task ${(op as PlacementOp).entity}`];
  if (path === 'links' && (op as DagOp).type === 'node') return [`task ${(op as { node: string }).node}`];
  return contested === null ? [] : [`${path} ${contested}`];
}

const removes = ({ path, op }: Deed): boolean =>
  path === 'links' && (op as { removed?: boolean }).removed === true;

type Place = NonNullable<PlacementOp['at']>;

/** Two places for a task, as they are among the rows that are there now. */
function rowChoice(doc: Doc<GanttSchema>, key: string, mine: Place, theirs: Place, inbox: InboxWords) {
  const { byKey } = derivePlan(doc.view, today());
  const all = doc.view.order.byParent[ROWS] ?? [];
  const others = all.filter((task) => task !== key);
  const row = (index: number): number => others.slice(0, index).filter((task) => byKey.has(task)).length + 1;
  const places = doc.query(({ order }) => ({
    mine: order.indexAt(key, mine),
    theirs: order.indexAt(key, theirs),
    now: all.indexOf(key),
  }));
  if (places.now < 0 || row(places.mine) === row(places.theirs)) return null;
  return choiceOf(
    places,
    (index) => inbox.nth(row(index), null),
    (index) =>
      void doc.change((root) => root.order.place(key, ROWS, index), {
        label: stepOn(words.moveTask, doc.view.tasks[key]?.name || words.untitledTask),
      }),
  );
}

/** Plans tell of tasks that two people dated or renamed, of tasks deleted under somebody's hands, of suspended links. */
export const ganttConflicts: ConflictViews<Session<GanttSchema>> = {
  topics: () => topicsOf,

  tell({ doc }, conflict, inbox) {
    const { mine, theirs, topic } = conflict;
    const { view } = doc;
    const key = topic.startsWith('task ') ? topic.slice('task '.length) : null;
    const task = key === null ? undefined : view.tasks[key];
    const thing = (key === null ? view.title : task?.name) || words.untitledTask;
    const edit = (label: string, run: (root: PlanMut) => void): void =>
      void doc.change(run, { label: stepOn(label, thing) });
    const values = { mine: writtenBy(mine), theirs: writtenBy(theirs) };
    if (key === null || !task) {
      if (mine.path !== 'projectStart' && mine.path !== 'title') return null;
      const field = mine.path;
      const format = (value: Json): string => (typeof value === 'string' ? value : inbox.nothing);
      const choice = choiceOf({ ...values, now: view[field] }, format, (value) =>
        edit(words.setProjectStart, (root) => root[field].set(String(value))),
      );
      return choice && { thing, what: field === 'title' ? inbox.name : words.setProjectStart, ...choice };
    }
    const subject = { type: 'item', id: key } as const;
    if (!decideTheSame(conflict)) {
      if (!view.links.removedNodes.includes(key) || !(removes(mine) || removes(theirs))) return null;
      const by = (deed: Deed): string => {
        if (removes(deed)) return inbox.deleted;
        return deed.path === 'order' ? inbox.moved : inbox.edited;
      };
      const run = (): void => edit(words.restoreTask, (root) => restoreTask(root, key));
      const told: ConflictTold = {
        ...{ thing, what: inbox.deletion, mine: by(mine), theirs: by(theirs), holds: 'both' },
        take: { label: inbox.restore, run },
        once: `deleted ${key}`,
      };
      return told;
    }
    if (mine.path === 'order') {
      const [own, other] = [mine, theirs].map(({ op }) => (op as PlacementOp).at);
      const choice = own && other ? rowChoice(doc, key, own, other, inbox) : null;
      return choice && { thing, what: inbox.place, subject, ...choice };
    }
    const field = mine.path.split('/').at(-1) as Field;
    const what = FIELDS[field];
    if (!what) return null;
    const format = (value: Json): string => {
      if (value === null || value === '') return inbox.nothing;
      if (typeof value === 'boolean') return value ? inbox.yes : inbox.no;
      if (typeof value === 'number') return field === 'progress' ? `${value} %` : words.days(value);
      return String(value);
    };
    const choice = choiceOf({ ...values, now: task[field] }, format, (value) =>
      // Both values came through this very register.
      edit(what(), (root) => root.tasks.at(key)[field].set(value as never)),
    );
    return choice && { thing, what: what(), subject, ...choice };
  },

  waiting({ doc }) {
    const { tasks, links, title } = doc.view;
    const name = (key: string): string => tasks[key]?.name || words.untitledTask;
    return links.edges
      .filter(({ status }) => status === 'suspended')
      .map(({ id, from, to }) => ({
        key: `suspended ${id}`,
        title: `${name(from)} → ${name(to)}`,
        why: words.oneSuspended(name(from), name(to)),
        subject: { type: 'item', id: to } as const,
        fix: {
          label: words.removeLink,
          run: () =>
            void doc.change((root) => removeLink(root, id), { label: stepOn(words.removeLink, title) }),
        },
      }));
  },
};
