import type { Json } from '../bytes/index.ts';
import { testEnv } from '../testing/env.ts';
import { clockLwwType } from '../types/clock-lww.ts';
import { counterType } from '../types/counter.ts';
import { dagType } from '../types/dag/dag.ts';
import { maxType, minType } from '../types/extremum.ts';
import { disableWinsFlagType, enableWinsFlagType, type FlagMut } from '../types/flag.ts';
import { growOnlyCounterType } from '../types/grow-only-counter.ts';
import { keysType } from '../types/keys.ts';
import { listType } from '../types/list/list.ts';
import { lwwType } from '../types/lww.ts';
import { mapType } from '../types/map.ts';
import { multiValueType } from '../types/multi-value.ts';
import type { PlacementMut } from '../types/placement/op.ts';
import { placementType } from '../types/placement/placement.ts';
import { treedoc } from '../types/placement/treedoc.ts';
import { removeWinsSetType } from '../types/remove-wins-set.ts';
import { type SetMut, setType } from '../types/set.ts';
import { textType } from '../types/text/index.ts';
import type { TextMut } from '../types/text/op.ts';
import { ROOT, TRASH, type TreeView } from '../types/tree/op.ts';
import { treeType } from '../types/tree/tree.ts';
import { dagModel } from './dag.ts';
import { listModel } from './list.ts';
import {
  clockLwwModel,
  disableWinsFlagModel,
  enableWinsFlagModel,
  extremumModel,
  growOnlyCounterModel,
  multiValueModel,
  removeWinsSetModel,
} from './more-registers.ts';
import { placementModel, treedocModel } from './placement.ts';
import { counterModel, keysModel, lwwModel, mapModel, setModel } from './registers.ts';
import type { Edit, Subject } from './small-scope.ts';
import { textModel } from './text.ts';
import { treeModel } from './tree.ts';

/** Lets subjects of different types stand in one list: whoever takes one calls `use` with something for any type. */
export interface AnySubject {
  readonly kind: string;
  use<R>(user: <State, Op, View, Mut, Patch>(subject: Subject<State, Op, View, Mut, Patch>) => R): R;
}

function subject<State, Op, View, Mut, Patch>(own: Subject<State, Op, View, Mut, Patch>): AnySubject {
  return { kind: own.type.kind, use: (user) => user(own) };
}

/** Marked in part, so that clearing a mark clears something. */
const typed = (text: TextMut): void => {
  text.insert(0, 'abc');
  text.mark(1, 3, 'bold', true);
};

const TEXT_MENU: readonly Edit<TextMut>[] = [
  (text) => text.insert(1, 'x'),
  (text) => text.delete(1, 1),
  (text) => text.mark(0, 2, 'bold', 'x'),
  (text) => text.mark(1, 3, 'bold', null),
  (text) => text.insert(2, 'yz'),
  (text) => text.insert(0, 'w'),
  (text) => text.delete(0, 2),
  (text) => void text.insertBlock(1, { type: 'p' }),
];

const places = (mut: PlacementMut): void => {
  for (const entity of ['a', 'b', 'c']) mut.place(entity, 'l', 0);
};

const PLACE_MENU: readonly Edit<PlacementMut>[] = [
  (mut) => mut.place('a', 'l', 0),
  (mut) => mut.place('a', 'm', 0),
  (mut) => mut.place('new', 'l', 1),
  (mut) => mut.remove('a'),
  (mut) => mut.place('b', 'l', 1),
  (mut) => mut.place('c', 'm', 0),
];

const SET_MENU: readonly Edit<SetMut<Json>>[] = [
  (set) => set.add('a'),
  (set) => set.remove('a'),
  (set) => set.add(1),
  (set) => set.add('b'),
];

const FLAG_MENU: readonly Edit<FlagMut>[] = [(flag) => flag.enable(), (flag) => flag.disable()];

/** What hangs below the root: a node whose making was undone stays in the trash. */
const live = ({ children }: TreeView, node = ROOT): unknown =>
  (children[node] ?? []).map((child) => [child, live({ children, parent: {} }, child)]);

/** Of everybody in one test; the edits put it where they want it. */
let clock = 1000;
const byClock = clockLwwType<Json>(null);
const at =
  (time: number, value: string): Edit<{ set(value: Json): void }> =>
  (mut) => {
    clock = time;
    mut.set(value);
  };

/** Every type there is. */
export const SUBJECTS: readonly AnySubject[] = [
  subject({ type: textType(), model: textModel, base: typed, menu: TEXT_MENU }),
  subject({
    type: textType({ order: 'rga' }),
    model: textModel,
    base: typed,
    menu: TEXT_MENU,
  }),
  subject({
    type: listType<Json>(),
    model: listModel,
    base: (list) => list.push('a', 'b', 'c'),
    menu: [
      (list) => list.move(0, 2),
      (list) => list.move(2, 0),
      (list) => list.delete(0),
      (list) => list.insert(1, 'x', 'y'),
      (list) => list.set(0, 'A'),
      (list) => list.delete(1, 2),
    ],
  }),
  subject({ type: placementType(), model: placementModel, base: places, menu: PLACE_MENU }),
  subject({
    type: placementType({ scheme: treedoc }),
    model: treedocModel,
    base: places,
    menu: PLACE_MENU,
  }),
  subject({
    type: treeType(),
    model: treeModel,
    look: (view) => live(view),
    base(tree) {
      for (const node of ['a', 'b', 'c']) tree.move(node, '', 0);
    },
    menu: [
      (tree) => tree.move('a', 'b', 0),
      (tree) => tree.move('b', 'a', 0),
      (tree) => tree.move('b', 'c', 0),
      (tree) => tree.remove('b'),
      (tree) => tree.move('c', 'a', 0),
      (tree) => tree.move('a', '', 2),
      (tree) => tree.move('new', tree.parentOf('a') === TRASH ? '' : 'a', 0),
    ],
  }),
  subject({
    type: dagType(),
    model: dagModel,
    base: (dag) => void dag.add('a', 'b', 'FS'),
    menu: [
      (dag) => void dag.add('b', 'c', 'FS'),
      (dag) => void dag.add('c', 'a', 'FS'),
      (dag) => dag.remove(dag.edges()[0]?.id ?? dag.add('a', 'b', 'FF')),
      (dag) => dag.removeNode('b'),
      (dag) => void dag.add('b', 'a', 'SS'),
      (dag) => void dag.add('b', 'a', 'SF'),
      (dag) => dag.restoreNode('b'),
    ],
  }),
  subject({
    type: lwwType<Json>('none'),
    model: lwwModel('none'),
    base: (lww) => lww.set('base'),
    menu: [(lww) => lww.set('x'), (lww) => lww.set('y'), (lww) => lww.set('none'), (lww) => lww.set('base')],
  }),
  subject({
    type: { ...byClock, create: () => byClock.create(testEnv(undefined, undefined, () => clock)) },
    model: clockLwwModel(null),
    base: at(1000, 'base'),
    menu: [at(2000, 'x'), at(2000, 'y'), at(500, 'early'), at(3000, 'late')],
  }),
  subject({
    type: multiValueType<Json>(),
    model: multiValueModel,
    base: (register) => register.set('base'),
    menu: [
      (register) => register.set('x'),
      (register) => register.set('y'),
      (register) => register.set('base'),
    ],
  }),
  subject({
    type: maxType(0),
    model: extremumModel('max', 0),
    base: (register) => register.raise(1),
    menu: [(register) => register.raise(2), (register) => register.raise(3), (register) => register.raise(1)],
  }),
  subject({
    type: minType(0),
    model: extremumModel('min', 0),
    base: (register) => register.lower(-1),
    menu: [
      (register) => register.lower(-2),
      (register) => register.lower(-3),
      (register) => register.lower(-1),
    ],
  }),
  subject({
    type: counterType(),
    model: counterModel,
    base: (counter) => counter.increment(1),
    menu: [(counter) => counter.increment(1), (counter) => counter.increment(-2)],
  }),
  subject({
    type: growOnlyCounterType(),
    model: growOnlyCounterModel,
    base: (counter) => counter.increment(1),
    menu: [(counter) => counter.increment(1), (counter) => counter.increment(2)],
  }),
  subject({ type: setType<Json>(), model: setModel, base: (set) => set.add('a'), menu: SET_MENU }),
  subject({
    type: removeWinsSetType<Json>(),
    model: removeWinsSetModel,
    base: (set) => set.add('a'),
    menu: SET_MENU,
  }),
  subject({
    type: enableWinsFlagType(),
    model: enableWinsFlagModel,
    base: (flag) => flag.enable(),
    menu: FLAG_MENU,
  }),
  subject({
    type: disableWinsFlagType(),
    model: disableWinsFlagModel,
    base: (flag) => flag.enable(),
    menu: FLAG_MENU,
  }),
  subject({
    type: mapType<Json>(),
    model: mapModel,
    base: (map) => map.set('a', 1),
    menu: [
      (map) => map.set('a', 2),
      (map) => map.delete('a'),
      (map) => map.set('b', 1),
      (map) => map.set('__proto__', 1),
    ],
  }),
  subject({
    type: keysType(),
    model: keysModel,
    base: (keys) => keys.add('a'),
    menu: [
      (keys) => keys.add('a'),
      (keys) => keys.remove('a'),
      (keys) => keys.add('b'),
      (keys) => void keys.create(),
    ],
  }),
];
