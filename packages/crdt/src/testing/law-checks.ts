import { DecodeError, Reader } from '../bytes/index.ts';
import { InvalidOp } from '../core/crdt-type.ts';
import { replicaId } from '../core/ids.ts';
import type { LawCounter } from './law-report.ts';
import type { Random } from './random.ts';
import { canonicalText, encodeOp, type Replicas, replay, viewText } from './replicas.ts';

/** The laws of one state at a time: views, canonical bytes, undo, damage. */

/** Watches the views that all replicas show from now on. */
export function checkViews<State, Op, View, Mut, Patch>(
  all: Replicas<State, Op, View, Mut, Patch>,
  laws: LawCounter,
): { unchanged(): void } {
  const views: { view: View; text: string }[] = [];
  watch(all, (replica) => {
    const view = all.view(replica);
    if (all.view(replica) !== view)
      throw new Error('stable views: the view lost its identity, though nothing changed');
    views.push({ view, text: viewText(view) });
  });
  return {
    unchanged() {
      for (const { view, text } of views)
        laws.check('stable views', () => {
          if (viewText(view) !== text) throw new Error(`a view changed under its reader: it was ${text}`);
        });
    },
  };
}

/** Watches the canonical bytes of some states of all replicas from now on. */
export function checkStates<State, Op, View, Mut, Patch>(
  all: Replicas<State, Op, View, Mut, Patch>,
  laws: LawCounter,
  random: Random,
): { toldApart(): void } {
  const views = new Map<string, Set<string>>();
  watch(all, (replica) => {
    if (random.chance(0.7)) return;
    const bytes = all.canonical(replica);
    const shown = views.get(bytes) ?? new Set();
    views.set(bytes, shown.add(viewText(all.view(replica))));
  });
  return {
    toldApart() {
      for (const [bytes, shown] of views)
        laws.check('canonical bytes', () => {
          if (shown.size > 1) throw new Error(`${[...shown].join(' and ')} both give ${bytes}`);
        });
    },
  };
}

function watch<State, Op, View, Mut, Patch>(
  all: Replicas<State, Op, View, Mut, Patch>,
  look: (replica: number) => void,
): void {
  const { onApply } = all;
  all.onApply = (replica, op, patches) => {
    onApply(replica, op, patches);
    look(replica);
  };
}

/** Each op of the history with a byte changed, or cut short, onto the whole of it. */
export function checkDamage<State, Op, View, Mut, Patch>(
  { type, log }: Replicas<State, Op, View, Mut, Patch>,
  random: Random,
  laws: LawCounter,
): void {
  const state = replay(type, log);
  let lamport = log.length + 1;
  let before = canonicalText(type, state);
  for (const { op } of log) {
    const bytes = encodeOp(type, op);
    bytes[random.int(bytes.length)] = random.int(256);
    const end = random.chance(0.2) ? random.int(bytes.length) : bytes.length;
    laws.check('damaged bytes', () => {
      try {
        const damaged = type.decode(new Reader(bytes.subarray(0, end)));
        encodeOp(type, damaged);
        lamport += type.width(damaged);
        const stranger = replicaId('f'.repeat(16));
        type.apply(state, damaged, { id: { replica: stranger, seq: lamport }, lamport });
        before = canonicalText(type, state);
      } catch (error) {
        if (!(error instanceof DecodeError || error instanceof InvalidOp)) throw error;
        if (canonicalText(type, state) !== before) throw new Error('a refused op left something behind');
      }
      type.view(state);
    });
  }
}

/** n undos and n redos are neutral, while nobody else writes. */
export function checkUndo<State, Op, View, Mut, Patch>(
  all: Replicas<State, Op, View, Mut, Patch>,
  author: number,
  act: (mut: Mut) => void,
  look: (view: View) => unknown,
  laws: LawCounter,
): void {
  const text = (): string => viewText(look(all.view(author)));
  const shown = [text()];
  const undos: (readonly Op[])[] = [];
  for (let i = 0; i < 4; i++) {
    undos.push(all.transact(author, act));
    shown.push(text());
  }
  const redos: (readonly Op[])[] = [];
  for (let i = 3; i >= 0; i--) {
    redos.unshift(all.emitAll(author, undos[i] as readonly Op[]));
    laws.check('undo and redo', () => expectText('undo', text(), shown[i] as string));
  }
  for (let i = 0; i < 4; i++) {
    all.emitAll(author, redos[i] as readonly Op[]);
    laws.check('undo and redo', () => expectText('redo', text(), shown[i + 1] as string));
  }
}

/** The ops that the type says it still needs make the state that all ops made. */
export function checkCompaction<State, Op, View, Mut, Patch>(
  all: Replicas<State, Op, View, Mut, Patch>,
  replica: number,
  laws: LawCounter,
): void {
  const { type, log } = all;
  if (type.compact === undefined) return;
  // Undo was the last to write, and nobody else did: the replica knows all.
  const needed = log.filter(({ stamp }) => type.compact?.(all.state(replica), stamp.id));
  laws.check('compaction', () => {
    const state = replay(type, needed);
    const [is, was] = [viewText(type.view(state)), viewText(all.view(replica))];
    if (is !== was) throw new Error(`${needed.length} of ${log.length} ops show ${is} instead of ${was}`);
    if (canonicalText(type, state) !== all.canonical(replica))
      throw new Error('the canonical bytes are not the same');
  });
}

function expectText(what: string, is: string, was: string): void {
  if (is !== was) throw new Error(`${what} gives ${is} instead of ${was}`);
}
