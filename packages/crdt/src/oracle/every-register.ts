import type { Json } from '../bytes/index.ts';
import {
  clockLww,
  counter,
  disableWinsFlag,
  enableWinsFlag,
  growOnlyCounter,
  lww,
  map,
  max,
  min,
  multiValue,
  removeWinsSet,
  set,
} from '../schema/builders.ts';
import { leaf, type Mut, object, optional, record, tuple } from '../schema/schema.ts';
import type { Random } from '../testing/random.ts';
import type { FlagMut } from '../types/flag.ts';
import { ordered } from '../types/strategy.ts';

/** Neither commutative nor invertible, so that order and rollback show. */
export const extendWords = (words: string, word: string): string =>
  word === 'double' ? `${words} ${words}`.slice(0, 60) : `${words} ${word}`;

const words = ordered({
  kind: 'words@1',
  initial: '',
  accepts: (op): op is string => typeof op === 'string',
  reduce: extendWords,
  mut: ({ emit }) => ({ say: (word: string) => emit(word) }),
});

/** One document with every register, counter, set and flag, a strategy of one's own, and all compositions. */
export const everyRegister = object({
  title: lww('untitled'),
  price: clockLww<Json>(null),
  owner: multiValue<Json>(),
  high: max(3),
  low: min(3),
  count: counter(),
  views: growOnlyCounter(),
  tags: set<Json>(),
  banned: removeWinsSet<Json>(),
  pinned: enableWinsFlag(),
  muted: disableWinsFlag(),
  props: map<Json>(),
  words: leaf(words),
  draft: optional(tuple(counter(), multiValue<Json>(), optional(enableWinsFlag()))),
  cards: record(optional(object({ size: tuple(max(0), min(0)), banned: removeWinsSet<Json>() }))),
});

const VALUES: readonly Json[] = ['a', 'b', 1, -0.5, { c: [2] }, '__proto__'];
/** Of what the views of sets have a plain order for. */
const MEMBERS: readonly Json[] = ['a', 'b', 1, -0.5, 10, '__proto__'];

/** One random edit somewhere. */
export function editRegister(root: Mut<typeof everyRegister>, random: Random): void {
  const value = random.pick(VALUES);
  const member = random.pick(MEMBERS);
  const key = random.pick(['k', 'l', '__proto__']);
  const flip = (flag: FlagMut): void => (random.chance(0.5) ? flag.enable() : flag.disable());
  const edits: readonly (() => unknown)[] = [
    () => root.title.set(random.pick(['x', 'y'])),
    () => root.price.set(value),
    () => root.owner.set(value),
    () => root.high.raise(random.int(9)),
    () => root.low.lower(random.int(9) - 4),
    () => root.count.increment(random.int(9) - 4),
    () => root.views.increment(random.int(4)),
    () => (random.chance(0.5) ? root.tags.add(member) : root.tags.remove(member)),
    () => (random.chance(0.5) ? root.banned.add(member) : root.banned.remove(member)),
    () => flip(root.pinned),
    () => flip(root.muted),
    () => (random.chance(0.6) ? root.props.set(key, value) : root.props.delete(key)),
    () => root.words.say(random.pick(['red', 'green', 'double'])),
    () => (random.chance(0.6) ? root.draft.add() : root.draft.remove()),
    () => root.draft.at()[0].increment(1),
    () => root.draft.at()[1].set(value),
    () => flip(random.chance(0.7) ? root.draft.at()[2].add() : root.draft.at()[2].at()),
    () => (random.chance(0.6) ? root.cards.add(key) : root.cards.remove(key)),
    () => (random.chance(0.6) ? root.cards.at(key).add() : root.cards.at(key).remove()),
    () => root.cards.at(key).at().size[0].raise(random.int(9)),
    () => root.cards.at(key).at().banned.remove(member),
  ];
  random.pick(edits)();
}
