import { DecodeError, Reader } from '../bytes/index.ts';
import { type CrdtType, InvalidOp } from '../core/crdt-type.ts';
import { replicaId } from '../core/ids.ts';
import { forSeeds, type Random } from './random.ts';
import { encodeOp, Replicas, replay, type TestOp, viewText } from './replicas.ts';

export interface LawOptions<View, Mut> {
  /** One random edit at one replica. May throw RangeError to say that it found nothing to do. */
  readonly act: (mut: Mut, random: Random) => void;
  /** The part of the view that undo restores; all of it unless told. */
  readonly look?: (view: View) => unknown;
  readonly replicas?: number;
  readonly steps?: number;
  readonly seeds?: number;
}

/**
 * What every type must keep, on random histories of three or more replicas: equal histories give equal canonical
 * bytes and views whatever the order of delivery; views never change under the reader, and keep their identity while
 * nothing changes; undo restores the view, and redo after it, as long as nobody else writes; damaged bytes are refused,
 * or give an op that is applied or refused whole.
 * Throws with the seed of the history that breaks one.
 */
export function checkLaws<State, Op, View, Mut, Patch>(
  type: CrdtType<State, Op, View, Mut, Patch>,
  { act, look = (view) => view, replicas = 3, steps = 40, seeds = 100 }: LawOptions<View, Mut>,
): void {
  forSeeds(seeds, (random) => {
    const all = new Replicas(type, replicas);
    const views: { view: View; text: string }[] = [];
    all.onApply = (replica) => {
      const view = all.view(replica);
      if (all.view(replica) !== view) throw new Error('the view lost its identity, though nothing changed');
      views.push({ view, text: viewText(view) });
    };
    for (let step = 0; step < steps; step++) {
      if (random.chance(0.5)) tolerant(() => act(all.mut(random.int(replicas)), random));
      else all.deliverOne(random);
    }
    all.settle(random);
    all.expectConverged();
    for (const { view, text } of views) {
      if (viewText(view) !== text) throw new Error(`a view changed under its reader: it was ${text}`);
    }
    checkDamage(type, all.log, random);
    const author = random.int(replicas);
    checkUndo(
      all,
      author,
      (mut) => act(mut, random),
      () => viewText(look(all.view(author))),
    );
  });
}

function checkDamage<State, Op, View, Mut, Patch>(
  type: CrdtType<State, Op, View, Mut, Patch>,
  log: readonly TestOp<Op>[],
  random: Random,
): void {
  const state = replay(type, log);
  let lamport = log.length + 1;
  for (const { op } of log) {
    const bytes = encodeOp(type, op);
    bytes[random.int(bytes.length)] = random.int(256);
    const r = new Reader(bytes.subarray(0, random.chance(0.2) ? random.int(bytes.length) : bytes.length));
    try {
      const damaged = type.decode(r);
      encodeOp(type, damaged);
      lamport += type.width(damaged);
      const stranger = replicaId('f'.repeat(16));
      type.apply(state, damaged, { id: { replica: stranger, seq: lamport }, lamport });
    } catch (error) {
      if (!(error instanceof DecodeError || error instanceof InvalidOp)) throw error;
    }
    type.view(state);
  }
}

/** n undos and n redos are neutral. */
function checkUndo<State, Op, View, Mut, Patch>(
  all: Replicas<State, Op, View, Mut, Patch>,
  author: number,
  act: (mut: Mut) => void,
  text: () => string,
): void {
  const shown = [text()];
  const undos: (readonly Op[])[] = [];
  for (let i = 0; i < 4; i++) {
    undos.push(all.transact(author, (mut) => tolerant(() => act(mut))));
    shown.push(text());
  }
  const redos: (readonly Op[])[] = [];
  for (let i = 3; i >= 0; i--) {
    redos.unshift(all.emitAll(author, undos[i] as readonly Op[]));
    expectText('undo', text(), shown[i] as string);
  }
  for (let i = 0; i < 4; i++) {
    all.emitAll(author, redos[i] as readonly Op[]);
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
