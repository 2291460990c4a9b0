import { describe, expect, it } from 'vitest';
import type { Json } from '../../bytes/index.ts';
import { checkLaws } from '../../testing/laws.ts';
import { forSeeds, type Random } from '../../testing/random.ts';
import { canonicalText, causalOrders, Replicas, replay } from '../../testing/replicas.ts';
import type { TextMut, TextOp, TextPatch, TextView } from './op.ts';
import type { TextState } from './state.ts';
import { textType } from './text.ts';
import { PatchedText, TextTwin } from './twin.ts';

const type = textType({ marks: { note: { expand: 'both' }, lead: { expand: 'before' } } });
const KEYS = ['bold', 'link', 'note', 'lead'];
const VALUES: readonly (Json | null)[] = [true, null, 'x', null, { b: 1, a: 2 }];

/** One random edit of every kind there is. */
function act(mut: TextMut, random: Random): void {
  // Often at the end, so that runs grow there.
  const at = random.chance(0.2) ? mut.length : random.int(mut.length + 1);
  const count = random.int(Math.min(6, mut.length - at + 1));
  const marks = random.chance(0.5) ? undefined : { [random.pick(KEYS)]: 'm' };
  const kind = random.int(20);
  if (kind < 7) mut.insert(at, 'abcdefgh'.slice(0, 1 + random.int(5)), marks);
  else if (kind < 8) mut.insertBlock(at, { kind: random.pick(['p', 'h']) });
  else if (kind < 9) mut.insertEmbed(at, { src: 'i' }, marks);
  else if (kind < 13) mut.delete(at, count);
  else if (kind < 18) mut.mark(at, at + count, random.pick(KEYS), random.pick(VALUES));
  else {
    const elements = mut.spans().flatMap((span) => (span.type === 'text' ? [] : [span.id]));
    mut.setAttr(random.pick([null, ...elements]), random.pick(['kind', 'level']), random.pick([1, 2, null]));
  }
}

type All = Replicas<TextState, TextOp, TextView, TextMut, TextPatch>;

/** Watches every apply: the view must be the twin's, and so must what the patches alone give. */
function watch(all: All): void {
  const oracles = Array.from({ length: all.count }, () => ({
    twin: new TextTwin(),
    patched: new PatchedText(),
  }));
  all.onApply = (replica, { op, stamp }, patches) => {
    const oracle = oracles[replica];
    if (oracle === undefined) throw new Error('no oracle');
    oracle.twin.apply(op, stamp);
    oracle.patched.apply(patches);
    const { length, spans, origin } = all.view(replica);
    expect({ length, spans, origin }).toEqual(oracle.twin.view());
    expect(oracle.patched.view()).toEqual({ length, spans, origin });
  };
}

describe('text, on random histories', { timeout: 60_000 }, () => {
  it('keeps the laws of every type: convergence, stable views, neutral undo', () => {
    checkLaws(type, { act, replicas: 4, steps: 60, seeds: 100 });
  });

  it('agrees with the naive twin at every step, and so do its patches, undo included', () => {
    forSeeds(60, (random) => {
      const all: All = new Replicas(type, 3);
      watch(all);
      const undos: (readonly TextOp[])[][] = [[], [], []];
      for (let step = 0; step < 70; step++) {
        const replica = random.int(3);
        const mine = undos[replica] as (readonly TextOp[])[];
        if (random.chance(0.35)) all.deliverOne(random);
        else if (random.chance(0.25) && mine.length > 0) {
          // Undone, and the inverse of that is kept in its place: so undos are redone, too.
          mine.push(all.emitAll(replica, mine.splice(random.int(mine.length), 1).flat()));
        } else mine.push(all.transact(replica, (mut) => act(mut, random)));
      }
      all.settle(random);
      all.expectConverged();
    });
  });

  it('reaches one state in every causal order of six edits by three', () => {
    forSeeds(40, (random) => {
      const all: All = new Replicas(type, 3);
      all.mut(0).insert(0, 'abcd');
      all.settle(random);
      for (let step = 0; step < 6; step++) {
        act(all.mut(step % 3), random);
        if (random.chance(0.4)) all.deliverOne(random);
      }
      const bytes = new Set<string>();
      let orders = 0;
      for (const order of causalOrders(all.log)) {
        bytes.add(canonicalText(type, replay(type, order)));
        if (++orders === 300) break;
      }
      expect(bytes.size).toBe(1);
    });
  });

  it('finds each element at the index that its id says, and reads what the view shows', () => {
    forSeeds(20, (random) => {
      const all: All = new Replicas(type, 2);
      for (let step = 0; step < 60; step++) {
        if (random.chance(0.3)) all.deliverOne(random);
        else act(all.mut(random.int(2)), random);
      }
      const mut = all.mut(0);
      const { spans, text, length } = all.view(0);
      expect(mut.spans()).toEqual(spans);
      expect(text.length).toBe(length);
      for (let i = 0; i < length; i++) {
        const id = mut.idAt(i);
        expect(mut.indexOfElement(id)).toBe(i);
        expect(mut.indexOf(mut.anchorAt(i))).toBe(i);
        expect(mut.indexOf(mut.anchorAt(i, 'before'))).toBe(i);
        expect(mut.indexOf({ id, side: 'after' })).toBe(i + 1);
        const [span] = mut.spans(i, i + 1);
        const shown = span?.type === 'text' ? span.text : span?.type === 'block' ? '\n' : '\uFFFC';
        expect(shown).toBe(text[i]);
      }
    });
  });
});
