import type { CrdtType } from '../core/crdt-type.ts';
import { testEnv } from '../testing/env.ts';
import { type Random, seededRandom } from '../testing/random.ts';
import { canonicalText, causalOrders, Replicas, viewText } from '../testing/replicas.ts';
import type { Model } from './stamped.ts';

export type Edit<Mut> = (mut: Mut) => void;

/** A type, what it means, and edits that get into each other's way: the sharpest come first. */
export interface Subject<State, Op, View, Mut, Patch> {
  readonly type: CrdtType<State, Op, View, Mut, Patch>;
  readonly model: Model<Op, View>;
  /** What everybody starts from. */
  readonly base: Edit<Mut>;
  readonly menu: readonly Edit<Mut>[];
  /** The part of the view that undo restores; all of it unless told. */
  readonly look?: (view: View) => unknown;
}

/** What was tried. */
export interface Cases {
  histories: number;
  orders: number;
  /** States that were compared with the model's view. */
  states: number;
}

const noCases = (): Cases => ({ histories: 0, orders: 0, states: 0 });

/** No history is delivered in more orders than this. */
const MOST_ORDERS = 100;

/** Everything that one can try with a subject, in three sizes. Each throws Error on the first history with two meanings. */
export class SmallScope<State, Op, View, Mut, Patch> {
  readonly #subject: Subject<State, Op, View, Mut, Patch>;
  readonly cases = noCases();

  constructor(subject: Subject<State, Op, View, Mut, Patch>) {
    this.#subject = subject;
  }

  /** Three replicas do one edit each, every combination of the menu. */
  oneEach(): void {
    const { menu } = this.#subject;
    for (const first of menu.keys()) {
      for (const second of menu.keys()) {
        for (const third of menu.keys())
          this.#try([first, second, third], null, `edits ${first}, ${second}, ${third}`);
      }
    }
  }

  /**
   * Four edits by three replicas, every combination of the first `width` of the menu: one of the replicas does a second
   * edit, either at once or after it has heard everything.
   */
  four(width: number): void {
    const choices = [...this.#subject.menu.slice(0, width).keys()];
    for (const author of [0, 1, 2]) {
      for (const heard of [false, true]) {
        for (const first of choices) {
          for (const second of choices) {
            for (const third of choices) {
              for (const fourth of choices) {
                const name = `edits ${first}, ${second}, ${third}, then ${fourth} of ${author}${heard ? ', who heard all' : ''}`;
                this.#try([first, second, third], { author, heard, choice: fourth }, name);
              }
            }
          }
        }
      }
    }
  }

  /** Two edits each, the second perhaps the undo of the first, perhaps after hearing some: a sample. */
  sample(seeds: number): void {
    for (let seed = 1; seed <= seeds; seed++)
      named(`seed ${seed}`, () => this.#sampleOne(seededRandom(seed)));
  }

  /** All causal orders of what happened in `all`. */
  judge(all: Replicas<State, Op, View, Mut, Patch>): void {
    const { type, model } = this.#subject;
    const { log } = all;
    const known = new Map<string, string>();
    let orders = 0;
    this.cases.histories++;
    for (const order of causalOrders(log)) {
      if (++orders > MOST_ORDERS) break;
      this.cases.orders++;
      const state = type.create(testEnv());
      let came: string[] = [];
      for (const [i, { op, stamp, author }] of order.entries()) {
        type.apply(state, op, stamp);
        came = [...came, `${stamp.id.seq}@${author}`].sort();
        const is = viewText(type.view(state));
        const both = `${is} ${canonicalText(type, state)}`;
        const before = known.get(came.join());
        if (before === undefined) {
          known.set(came.join(), both);
          this.cases.states++;
          const due = viewText(model(order.slice(0, i + 1)));
          if (is !== due) throw new Error(`${is} instead of ${due}, after ${came}`);
        } else if (before !== both) {
          const path = order.map((entry) => `${entry.stamp.id.seq}@${entry.author}`);
          throw new Error(`two states after ${came}, one came in the order ${path}`);
        }
      }
    }
  }

  #begin(): Replicas<State, Op, View, Mut, Patch> {
    const { type, base } = this.#subject;
    const all = new Replicas(type, 3);
    base(all.mut(0));
    all.settle(seededRandom(0));
    return all;
  }

  #try(
    choices: readonly number[],
    more: { readonly author: number; readonly heard: boolean; readonly choice: number } | null,
    name: string,
  ): void {
    const { menu } = this.#subject;
    const all = this.#begin();
    choices.forEach((choice, replica) => void all.transact(replica, tolerant(menu[choice] as Edit<Mut>)));
    if (more !== null) {
      if (more.heard) {
        for (
          let ready = all.deliverable(more.author);
          ready.length > 0;
          ready = all.deliverable(more.author)
        ) {
          for (const op of ready) all.deliver(more.author, op);
        }
      }
      all.transact(more.author, tolerant(menu[more.choice] as Edit<Mut>));
    }
    named(name, () => this.judge(all));
  }

  #sampleOne(random: Random): void {
    const { menu } = this.#subject;
    const all = this.#begin();
    const undos = [0, 1, 2].map((replica) => all.transact(replica, tolerant(random.pick(menu))));
    const heard = random.chance(0.5) ? 2 : 0;
    for (let n = random.int(1 + heard); n > 0; n--) all.deliverOne(random);
    for (const [replica, undo] of undos.entries()) {
      if (random.chance(0.3)) all.emitAll(replica, undo);
      else all.transact(replica, tolerant(random.pick(menu)));
    }
    this.judge(all);
  }
}

function named(what: string, body: () => void): void {
  try {
    body();
  } catch (error) {
    throw new Error(`${what}: ${(error as Error).message}`, { cause: error });
  }
}

/** An edit that finds nothing to do any more does nothing. */
function tolerant<Mut>(edit: Edit<Mut>): Edit<Mut> {
  return (mut) => {
    try {
      edit(mut);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  };
}
