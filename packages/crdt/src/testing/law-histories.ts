import type { CrdtType } from '../core/crdt-type.ts';
import type { LawCounter } from './law-report.ts';
import type { Random } from './random.ts';
import { canonicalText, causalOrders, Replicas, replay, type TestOp, viewText } from './replicas.ts';

/** The laws that say: the order of delivery does not matter. */

type Act<Mut> = (mut: Mut, random: Random) => void;

/** Random edits and deliveries. In the middle third the replicas are two groups that do not hear of each other. */
export function wander<State, Op, View, Mut, Patch>(
  all: Replicas<State, Op, View, Mut, Patch>,
  act: Act<Mut>,
  random: Random,
  steps: number,
  laws: LawCounter,
): void {
  const border = 1 + random.int(all.count - 1);
  const group = (replica: number): boolean => replica < border;
  let before = 0;
  for (let step = 0; step < steps; step++) {
    const apart = step >= steps / 3 && step < (2 * steps) / 3;
    if (step === Math.ceil(steps / 3)) before = all.log.length;
    if (random.chance(0.5)) act(all.mut(random.int(all.count)), random);
    else if (!apart) all.deliverOne(random);
    else {
      const to = random.int(all.count);
      const near = all.deliverable(to).filter(({ author }) => group(author) === group(to));
      if (near.length > 0) all.deliver(to, random.pick(near));
    }
  }
  const written = all.log.slice(before).map(({ author }) => group(author));
  const heal = (): void => {
    all.settle(random);
    all.expectConverged();
  };
  if (written.includes(true) && written.includes(false)) laws.check('partition', heal);
  else heal();
}

/** The whole history in random causal orders. */
export function checkReordering<State, Op, View, Mut, Patch>(
  all: Replicas<State, Op, View, Mut, Patch>,
  random: Random,
  laws: LawCounter,
): void {
  const expected = show(all.type, all.state(0));
  for (let i = 0; i < 2; i++) {
    const order = randomOrder(all.log, random);
    laws.check('reordering', () => expectSame(show(all.type, replay(all.type, order)), expected));
  }
}

/** Two ops of which neither saw the other, one after the other and the other way round. */
export function checkSwaps<State, Op, View, Mut, Patch>(
  all: Replicas<State, Op, View, Mut, Patch>,
  random: Random,
  laws: LawCounter,
): void {
  const order = randomOrder(all.log, random);
  const swaps = order.flatMap((a, i) => {
    const b = order[i + 1];
    return b !== undefined && isConcurrent(a, b) ? [[i, a, b] as const] : [];
  });
  for (const [i, a, b] of random.shuffle(swaps).slice(0, 3)) {
    const prefix = order.slice(0, i);
    laws.check('commutativity', () =>
      expectSame(
        show(all.type, replay(all.type, [...prefix, b, a])),
        show(all.type, replay(all.type, [...prefix, a, b])),
      ),
    );
  }
}

/** A small history in all causal orders that it has. */
export function checkEveryOrder<State, Op, View, Mut, Patch>(
  type: CrdtType<State, Op, View, Mut, Patch>,
  act: Act<Mut>,
  random: Random,
  laws: LawCounter,
): void {
  const all = new Replicas(type, 3);
  for (let step = 0; step < 10 && all.log.length < 5; step++) {
    if (random.chance(0.7)) act(all.mut(random.int(3)), random);
    else all.deliverOne(random);
  }
  // An edit may take several ops: then there are too many orders.
  if (all.log.length > 6) return;
  let expected: string | null = null;
  for (const order of causalOrders(all.log)) {
    const shown = show(type, replay(type, order));
    expected ??= shown;
    const due = expected;
    laws.check('every order', () => expectSame(shown, due));
  }
}

function isConcurrent(a: TestOp<unknown>, b: TestOp<unknown>): boolean {
  return a.author !== b.author && (b.deps[a.author] as number) <= a.stamp.id.seq;
}

function randomOrder<Op>(ops: readonly TestOp<Op>[], random: Random): readonly TestOp<Op>[] {
  const left = [...ops];
  const order: TestOp<Op>[] = [];
  const seen: number[] = [];
  while (left.length > 0) {
    const ready = left.filter(
      ({ author, stamp, deps }) =>
        stamp.id.seq === (seen[author] ?? 0) && deps.every((n, i) => n <= (seen[i] ?? 0)),
    );
    const next = random.pick(ready);
    left.splice(left.indexOf(next), 1);
    seen[next.author] = next.stamp.id.seq + next.width;
    order.push(next);
  }
  return order;
}

function show<State, Op, View, Mut, Patch>(
  type: CrdtType<State, Op, View, Mut, Patch>,
  state: State,
): string {
  return `${viewText(type.view(state))} ${canonicalText(type, state)}`;
}

function expectSame(is: string, due: string): void {
  if (is !== due) throw new Error(`one order gives ${is}, another ${due}`);
}
