import type { Writer } from '../bytes/index.ts';
import type { Id } from '../core/ids.ts';
import { AddWins } from './add-wins.ts';
import { IdMap } from './id-map.ts';

/** What an add, or the undo of a remove, was about. */
export interface Answer {
  readonly element: string;
  /** The removes that it answers. */
  readonly removes: readonly Id[];
  /** An add; otherwise only a remove taken back. */
  readonly adds: boolean;
}

/**
 * Which elements are in a remove-wins set: the mirror image of `AddWins`.
 *
 * Paper: the remove-wins set of Bieniusa et al. 2012 ("An optimized conflict-free replicated set") and Baquero,
 * Almeida and Shoker 2017. An element is there iff it was added and every remove of it is answered by an add whose
 * author had seen that remove; so a concurrent remove beats an add. Undoing an add retracts it, and with it its
 * answers. Undoing a remove answers it without adding.
 *
 * State: the removes as an add-wins set, in which answers are the removals; per element how many adds stand.
 * No tie to break. Cost: constant per remove; per add the removes that it answers. Left out: forgetting.
 */
export class RemoveWins {
  readonly #removes = new AddWins();
  readonly #adds = new Map<string, number>();
  readonly #answers = new IdMap<{ readonly answer: Answer; retracted: boolean }>();

  has(element: string): boolean {
    return (this.#adds.get(element) ?? 0) > 0 && !this.#removes.has(element);
  }

  /** What an add of `element` is to answer. */
  liveRemoves(element: string): readonly Id[] {
    return this.#removes.liveAdds(element);
  }

  /** True if the element went. */
  remove(element: string, id: Id): boolean {
    const before = this.has(element);
    this.#removes.add(element, id);
    return before;
  }

  /** True if the element came. Throws InvalidOp, before it changes anything, if it answers what is no remove of its element. */
  answer(answer: Answer, id: Id): boolean {
    const { element, removes, adds } = answer;
    const before = this.has(element);
    this.#removes.remove(element, removes, id);
    this.#answers.set(id, { answer, retracted: false });
    if (adds) this.#adds.set(element, (this.#adds.get(element) ?? 0) + 1);
    return this.has(element) !== before;
  }

  /** Takes back an answer, for ever. True if the element came or went by it. Throws InvalidOp if there is no such answer. */
  retract(target: Id): boolean {
    const { element } = this.#removes.removeBy(target);
    const before = this.has(element);
    this.#removes.retract(target);
    const found = this.#answers.get(target);
    if (found === undefined || found.retracted) return false;
    found.retracted = true;
    if (found.answer.adds) this.#adds.set(element, (this.#adds.get(element) ?? 0) - 1);
    return this.has(element) !== before;
  }

  /** What the answer with this id was about. Throws InvalidOp if there is none. */
  answerBy(id: Id): Answer {
    const { element } = this.#removes.removeBy(id);
    return this.#answers.get(id)?.answer ?? { element, removes: [], adds: false };
  }

  /** False for retracts and for what they took back. */
  needs(id: Id): boolean {
    return this.#removes.needs(id);
  }

  /** How many adds of `element` stand, and the unanswered removes. */
  canonical(element: string, w: Writer): void {
    w.varint(this.#adds.get(element) ?? 0);
    this.#removes.canonical(element, w);
  }
}
