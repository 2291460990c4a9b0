import { applyText } from './apply.ts';
import { opsOf } from './as-data.ts';
import type { TextView } from './op.ts';
import { GOES_ON } from './op-log.ts';
import { settle } from './settle.ts';
import { TextState } from './state.ts';
import { viewOf } from './view.ts';

/** The view with those ops alone that `knows` tells: they are replayed in the order in which they came, which is causal. */
export function viewAt(state: TextState, knows: (peer: number, seq: number) => boolean): TextView {
  settle(state);
  const { log } = state;
  const past = new TextState(state.env, state.specs, state.order);
  for (let entry = 0; entry < log.count; entry++) {
    if (((log.flags[entry] as number) & GOES_ON) !== 0) continue;
    const peer = log.peer[entry] as number;
    const from = log.seq[entry] as number;
    const lamport = log.lamport[entry] as number;
    let to = from;
    while (to < from + log.ids(entry) && knows(peer, to)) to++;
    let seq = from;
    for (const op of opsOf(state, peer, from, to)) {
      applyText(past, op, { id: state.idOf(peer, seq), lamport: lamport + (seq - from) });
      seq += op.type === 'insert' ? op.text.length : 1;
    }
  }
  return viewOf(past);
}
