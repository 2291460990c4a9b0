import type { CrdtType } from '../core/crdt-type.ts';
import { forSeeds, type Random } from './random.ts';
import { Replicas } from './replicas.ts';

export interface LawOptions<Mut> {
  /** One random edit at one replica. May throw RangeError to say that it found nothing to do. */
  readonly act: (mut: Mut, random: Random) => void;
  readonly replicas?: number;
  readonly steps?: number;
  readonly seeds?: number;
}

/**
 * What every type must keep, on random histories of three or more replicas: equal histories give equal canonical
 * bytes and views whatever the order of delivery; views never change under the reader, and keep their identity while
 * nothing changes; undo restores the view, and redo after it, as long as nobody else writes.
 * Throws with the seed of the history that breaks one.
 */
export function checkLaws<State, Op, View, Mut, Patch>(
  type: CrdtType<State, Op, View, Mut, Patch>,
  { act, replicas = 3, steps = 40, seeds = 100 }: LawOptions<Mut>,
): void {
  forSeeds(seeds, (random) => {
    const all = new Replicas(type, replicas);
    const views: { view: View; text: string }[] = [];
    all.onApply = (replica) => {
      const view = all.view(replica);
      if (all.view(replica) !== view) throw new Error('the view lost its identity, though nothing changed');
      views.push({ view, text: JSON.stringify(view) });
    };
    for (let step = 0; step < steps; step++) {
      if (random.chance(0.5)) tolerant(() => act(all.mut(random.int(replicas)), random));
      else all.deliverOne(random);
    }
    all.settle(random);
    all.expectConverged();
    for (const { view, text } of views) {
      if (JSON.stringify(view) !== text) throw new Error(`a view changed under its reader: it was ${text}`);
    }
    checkUndo(all, random.int(replicas), act, random);
  });
}

/** n undos and n redos are neutral. */
function checkUndo<State, Op, View, Mut, Patch>(
  all: Replicas<State, Op, View, Mut, Patch>,
  author: number,
  act: (mut: Mut, random: Random) => void,
  random: Random,
): void {
  const text = (): string => JSON.stringify(all.view(author));
  const shown = [text()];
  const undos: (readonly Op[])[] = [];
  for (let i = 0; i < 4; i++) {
    undos.push(all.transact(author, (mut) => tolerant(() => act(mut, random))));
    shown.push(text());
  }
  const redos: (readonly Op[])[] = [];
  for (let i = 3; i >= 0; i--) {
    redos.push(all.emitAll(author, undos[i] as readonly Op[]));
    expectText('undo', text(), shown[i] as string);
  }
  for (let i = 0; i < 4; i++) {
    all.emitAll(author, redos[3 - i] as readonly Op[]);
    expectText('redo', text(), shown[i + 1] as string);
  }
}

function expectText(what: string, is: string, was: string): void {
  if (is !== was) throw new Error(`${what} gives ${is} instead of ${was}`);
}

function tolerant(body: () => void): void {
  try {
    body();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
  }
}
