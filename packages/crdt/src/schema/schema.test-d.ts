// What the compiler must and must not let through. Nothing here runs: `tsc` fails on an error that is expected and
// does not come.
import type { Json } from '../bytes/index.ts';
import type { Doc } from '../doc/doc.ts';
import { commutative, ordered } from '../types/strategy.ts';
import {
  clockLww,
  counter,
  disableWinsFlag,
  enableWinsFlag,
  growOnlyCounter,
  list,
  lww,
  map,
  max,
  min,
  multiValue,
  removeWinsSet,
  set,
  text,
} from './builders.ts';
import { leaf, type Mut, object, optional, record, tuple, type View } from './schema.ts';

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
declare function same<A, B>(yes: Same<A, B>): void;

const votes = commutative({
  kind: 'votes@1',
  initial: 0,
  accepts: (op: Json): op is 1 | -1 => op === 1 || op === -1,
  reduce: (total, by) => total + by,
  mut: ({ emit }) => ({ up: () => emit(1), down: () => emit(-1) }),
});

const latest = ordered({
  kind: 'latest@1',
  initial: { name: '', count: 0 },
  accepts: (op): op is string => typeof op === 'string',
  reduce: ({ count }, name) => ({ name, count: count + 1 }),
  mut: ({ emit, state }) => ({ say: (name: string) => emit(name), seen: () => state().count }),
  view: ({ name }) => name,
});

const schema = object({
  title: lww(''),
  done: lww(false),
  status: lww<'open' | 'closed'>('open'),
  price: clockLww(0),
  owner: multiValue<string>(),
  high: max(0),
  low: min(0),
  views: growOnlyCounter(),
  count: counter(),
  tags: set<string>(),
  banned: removeWinsSet<number>(),
  pinned: enableWinsFlag(),
  muted: disableWinsFlag(),
  props: map<number>(),
  body: text(),
  items: list<string>(),
  votes: leaf(votes),
  latest: leaf(latest),
  cards: record(object({ name: lww(''), size: optional(tuple(lww(0), lww(0))) })),
  point: tuple(lww(0), counter(), enableWinsFlag()),
  draft: optional(text()),
});

declare const view: View<typeof schema>;
declare const mut: Mut<typeof schema>;
declare const doc: Doc<typeof schema>;

// The types that a schema gives.
same<typeof view.title, string>(true);
same<typeof view.done, boolean>(true);
same<typeof view.status, 'open' | 'closed'>(true);
same<typeof view.price, number>(true);
same<typeof view.owner, readonly string[]>(true);
same<typeof view.high, number>(true);
same<typeof view.views, number>(true);
same<typeof view.tags, readonly string[]>(true);
same<typeof view.banned, readonly number[]>(true);
same<typeof view.pinned, boolean>(true);
same<typeof view.props, Readonly<Record<string, number>>>(true);
same<typeof view.votes, number>(true);
same<typeof view.latest, string>(true);
same<typeof view.point, readonly [number, number, boolean]>(true);
same<(typeof view.cards)[string]['size'], readonly [number, number] | null>(true);
same<typeof doc.view, typeof view>(true);
same<ReturnType<typeof mut.latest.seen>, number>(true);

// Legal operations.
doc.change((root) => {
  root.title.set('x');
  root.price.writtenAt();
  root.votes.up();
  root.latest.say('x');
  root.point[0].set(1);
  root.point[1].increment(-1);
  root.point[2].enable();
  root.draft.add().insert(0, 'x');
  root.cards.at(root.cards.create()).size.add()[1].set(2);
});

// A view is read only.
// @ts-expect-error
view.title = 'x';
// @ts-expect-error
view.tags.push('x');
// @ts-expect-error
view.point[0] = 1;
// @ts-expect-error
view.cards.x = view.cards.y;

// Each strategy has its own operations and no others.
// @ts-expect-error a counter has no setter
mut.count.set(1);
// @ts-expect-error nobody counts a grow-only counter down
mut.views.decrement(1);
// @ts-expect-error a flag does not count
mut.pinned.increment(1);
// @ts-expect-error a flag is not set
mut.muted.set(true);
// @ts-expect-error a max register is never lowered
mut.high.lower(1);
// @ts-expect-error a min register is never raised
mut.low.raise(1);
// @ts-expect-error a set is no register
mut.tags.set('x');
// @ts-expect-error a register is no set
mut.title.add('x');
// @ts-expect-error a text is edited, not set
mut.body.set('x');
// @ts-expect-error only what the strategy offers
mut.votes.increment(1);
// @ts-expect-error not even its ops
mut.votes.emit(1);
// @ts-expect-error a value is not assigned
mut.title = 'x';
// @ts-expect-error a count is not assigned
mut.count.value = 1;

// Values have the type of the schema.
// @ts-expect-error
mut.title.set(1);
// @ts-expect-error
mut.status.set('x');
// @ts-expect-error
mut.price.set('x');
// @ts-expect-error
mut.owner.set(1);
// @ts-expect-error
mut.high.raise('x');
// @ts-expect-error
mut.tags.add(1);
// @ts-expect-error
mut.props.set('key', 'x');
// @ts-expect-error
mut.items.insert(0, 1);
// @ts-expect-error
mut.latest.say(1);
// @ts-expect-error
max('x');

// Fields, places and children that the schema lacks.
// @ts-expect-error
view.nothing;
// @ts-expect-error
mut.nothing;
// @ts-expect-error
view.point[3];
// @ts-expect-error
mut.point[3];
// @ts-expect-error a tuple has no operations of its own
mut.point.push;
// @ts-expect-error not there until somebody adds it
view.draft.text;
// @ts-expect-error the operations of an optional's child are below `at` and `add`
mut.draft.insert(0, 'x');
// @ts-expect-error the operations of a record's child are below `at`
mut.cards.name;
// @ts-expect-error a schema holds nodes
object({ title: 'x' });
// @ts-expect-error a strategy becomes a node with `leaf`
object({ votes });

// A strategy of one's own is checked as a built-in is.
// @ts-expect-error no version, kind or reducer
commutative({ initial: 0 });
ordered({
  kind: 'bad@1',
  initial: 0,
  accepts: (op): op is number => typeof op === 'number',
  reduce: (total, by) => total + by,
  // @ts-expect-error ops are numbers
  mut: ({ emit }) => ({ say: () => emit('x') }),
});
