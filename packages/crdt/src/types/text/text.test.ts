import { describe, expect, it } from 'vitest';
import type { OpId } from '../../core/ids.ts';
import { seededRandom } from '../../testing/random.ts';
import { canonicalText, causalOrders, Replicas, replay, testReplicaId } from '../../testing/replicas.ts';
import type { Marks, TextMut, TextOp, TextSpan } from './op.ts';
import { textType } from './text.ts';

const type = textType();

/** Replicas that all have `text`, and nothing else. */
function sharing(text: string, replicas = 2) {
  const all = new Replicas(type, replicas);
  all.mut(0).insert(0, text);
  all.settle(seededRandom(1));
  return all;
}

function merge(all: ReturnType<typeof sharing>): void {
  all.settle(seededRandom(1));
  all.expectConverged();
}

/** The spans as `text{marks}`, block markers as `¶`, embeds as `▣`. */
function show(spans: readonly TextSpan[]): string {
  const marksOf = (marks: Marks): string => {
    const keys = Object.entries(marks).map(([key, value]) => (value === true ? key : `${key}=${value}`));
    return keys.length === 0 ? '' : `{${keys}}`;
  };
  return spans
    .map((span) =>
      span.type === 'block' ? '¶' : (span.type === 'text' ? span.text : '▣') + marksOf(span.marks),
    )
    .join('|');
}

const shown = (all: ReturnType<typeof sharing>, replica = 0): string => show(all.view(replica).spans);

describe('text, what concurrent edits come to', () => {
  it('keeps text typed inside a range that another deletes', () => {
    const all = sharing('abcdef');
    all.mut(0).delete(1, 4);
    all.mut(1).insert(3, 'XY');
    merge(all);
    expect(shown(all)).toBe('aXYf');
  });

  it('deletes once what two delete, and brings it back only when both take it back', () => {
    const all = sharing('abcd');
    const undo = [0, 1].map((replica) => all.transact(replica, (mut) => mut.delete(1, 2)));
    merge(all);
    expect(shown(all)).toBe('ad');
    all.emitAll(0, undo[0] as TextOp[]);
    merge(all);
    expect(shown(all)).toBe('ad');
    all.emitAll(1, undo[1] as TextOp[]);
    merge(all);
    expect(shown(all)).toBe('abcd');
  });

  it('joins bold [0,6) and bold [4,10)', () => {
    const all = sharing('0123456789!');
    all.mut(0).mark(0, 6, 'bold', true);
    all.mut(1).mark(4, 10, 'bold', true);
    merge(all);
    expect(shown(all)).toBe('0123456789{bold}|!');
  });

  it('lets the later of bold and unbold win, on the overlap only', () => {
    const all = sharing('0123456789');
    all.mut(0).mark(0, 10, 'bold', true);
    all.settle(seededRandom(1));
    all.mut(0).mark(0, 6, 'colour', 'red');
    all.mut(1).mark(4, 8, 'bold', null);
    all.mut(0).mark(2, 5, 'bold', 'very');
    merge(all);
    // Replica 0 wrote one op more: its 'very' is the later one.
    expect(shown(all)).toBe('01{bold,colour=red}|234{bold=very,colour=red}|5{colour=red}|67|89{bold}');
  });

  it('keeps text that is typed where another joins two paragraphs', () => {
    const all = sharing('onetwo');
    all.mut(0).insertBlock(3, { kind: 'p' });
    all.settle(seededRandom(1));
    all.mut(0).delete(3, 1);
    all.mut(1).insert(3, '!');
    all.mut(1).insert(5, '>');
    merge(all);
    expect(shown(all)).toBe('one!>two');
  });

  it('splits twice where two split at one place', () => {
    const all = sharing('onetwo');
    for (const replica of [0, 1]) all.mut(replica).insertBlock(3, { kind: 'p', by: replica });
    merge(all);
    expect(shown(all)).toBe('one|¶|¶|two');
  });

  it('keeps each of three passages typed into one gap together, in every build order', () => {
    const orders = [
      [0, 1, 2],
      [0, 2, 1],
      [1, 0, 2],
      [1, 2, 0],
      [2, 0, 1],
      [2, 1, 0],
    ];
    const builds = orders.flatMap((a) => orders.flatMap((b) => orders.map((c) => [a, b, c])));
    for (const build of builds) {
      const all = sharing('()', 3);
      ['abc', 'klm', 'xyz'].forEach((letters, replica) => {
        const typed: number[] = [];
        for (const letter of build[replica] ?? []) {
          const before = typed.filter((other) => other < letter).length;
          all.mut(replica).insert(1 + before, letters.charAt(letter));
          typed.push(letter);
        }
      });
      merge(all);
      expect(shown(all)).toMatch(/^\((abc|klm|xyz){3}\)$/);
    }
  });

  it('reaches one state in every causal order of three writers', () => {
    const all = sharing('abc', 3);
    all.mut(0).insert(1, 'X');
    all.mut(1).delete(0, 2);
    all.mut(2).mark(0, 3, 'link', 'u');
    all.deliver(2, all.log[1] as never);
    all.mut(2).insert(4, 'Y');
    all.mut(1).insertBlock(0, {});
    let orders = 0;
    let bytes: string | null = null;
    for (const order of causalOrders(all.log)) {
      const now = canonicalText(type, replay(type, order));
      bytes ??= now;
      expect(now).toBe(bytes);
      orders++;
    }
    expect(orders).toBe(20);
  });

  it('writes attributes of a marker that another deletes, to be seen if it returns', () => {
    const all = sharing('ab');
    const id = all.mut(0).insertBlock(1, { kind: 'p' });
    all.settle(seededRandom(1));
    const undo = all.transact(0, (mut) => mut.delete(1, 1));
    all.mut(1).setAttr(id, 'kind', 'h1');
    merge(all);
    expect(shown(all)).toBe('ab');
    all.emitAll(0, undo);
    merge(all);
    expect(all.view(1).spans[1]).toEqual({ type: 'block', id, attrs: { kind: 'h1' } });
  });
});

describe('text, marks at their edges', () => {
  const typedAt = (key: string, index: number, edit: (mut: TextMut) => void = () => {}): string => {
    const all = sharing('abcd');
    const mut = all.mut(0);
    mut.mark(1, 3, key, true);
    edit(mut);
    const promised = JSON.stringify(mut.marksAt(index));
    mut.insert(index, 'X');
    expect(JSON.stringify(mut.marksAt(index + 1))).toBe(promised);
    return shown(all);
  };

  it('bold grows at its end, not at its start', () => {
    expect(typedAt('bold', 3)).toBe('a|bcX{bold}|d');
    expect(typedAt('bold', 1)).toBe('aX|bc{bold}|d');
    expect(typedAt('bold', 2)).toBe('a|bXc{bold}|d');
  });

  it('a link and a numbered comment grow at neither side', () => {
    for (const key of ['link', 'comment:7']) {
      expect(typedAt(key, 3)).toBe(`a|bc{${key}}|Xd`);
      expect(typedAt(key, 1)).toBe(`aX|bc{${key}}|d`);
      expect(typedAt(key, 2)).toBe(`a|bXc{${key}}|d`);
    }
  });

  it('stays out of a link whose last characters are deleted', () => {
    expect(typedAt('link', 2, (mut) => mut.delete(2, 1))).toBe('a|b{link}|Xd');
    expect(typedAt('link', 1, (mut) => mut.delete(1, 2))).toBe('aXd');
  });

  it('unmarking reverses the growth', () => {
    const unmark = (key: string, index: number): string => {
      const all = sharing('abcdef');
      all.mut(0).mark(0, 6, key, true);
      all.mut(0).mark(2, 4, key, null);
      all.mut(0).insert(index, 'X');
      return shown(all);
    };
    expect(unmark('bold', 2)).toBe('abX{bold}|cd|ef{bold}');
    expect(unmark('bold', 4)).toBe('ab{bold}|cdX|ef{bold}');
    expect(unmark('link', 2)).toBe('ab{link}|Xcd|ef{link}');
    expect(unmark('link', 4)).toBe('ab{link}|cdX|ef{link}');
  });

  it('marks what another types inside the range meanwhile', () => {
    const all = sharing('abcd');
    all.mut(0).mark(1, 3, 'link', 'u');
    all.mut(1).insert(2, 'X');
    all.mut(1).insert(4, 'Y');
    merge(all);
    expect(shown(all)).toBe('a|bXc{link=u}|Yd');
  });

  it('gives exactly the marks that are asked for, with ops only where the place differs', () => {
    const all = sharing('ab');
    all.mut(0).mark(0, 2, 'bold', true);
    const ops = all.log.length;
    all.mut(0).insert(2, 'X', { bold: true });
    expect(all.log.length).toBe(ops + 1);
    all.mut(0).insert(3, 'Y', { italic: true });
    expect(shown(all)).toBe('abX{bold}|Y{italic}');
    all.mut(0).insertEmbed(4, { src: 's' }, {});
    expect(shown(all)).toBe('abX{bold}|Y{italic}|▣');
  });

  it('emits nothing for a mark or attribute that is there already', () => {
    const all = sharing('ab');
    const mut = all.mut(0);
    mut.mark(0, 2, 'bold', true);
    mut.setAttr(null, 'kind', 'h1');
    const ops = all.log.length;
    mut.mark(0, 1, 'bold', true);
    mut.mark(1, 1, 'bold', null);
    mut.mark(0, 2, 'link', null);
    mut.setAttr(null, 'kind', 'h1');
    mut.insert(1, '');
    mut.delete(1, 0);
    expect(all.log.length).toBe(ops);
  });
});

describe('text, its queries', () => {
  it('keeps an anchor at its place while others edit, also when its element is deleted', () => {
    const all = sharing('abcdef');
    const mut = all.mut(0);
    const [after, before] = [mut.anchorAt(3), mut.anchorAt(3, 'before')];
    all.mut(1).insert(0, '>>');
    all.mut(1).insert(5, 'X');
    merge(all);
    expect(all.view(0).text).toBe('>>abcXdef');
    expect([mut.indexOf(after), mut.indexOf(before)]).toEqual([5, 6]);
    mut.delete(4, 4);
    expect(all.view(0).text).toBe('>>abf');
    expect([mut.indexOf(after), mut.indexOf(before)]).toEqual([4, 4]);
    expect([mut.indexOf({ id: null, side: 'after' }), mut.indexOf({ id: null, side: 'before' })]).toEqual([
      0, 5,
    ]);
  });

  it('anchors the ends of the text to the origin', () => {
    const mut = sharing('ab').mut(0);
    expect(mut.anchorAt(0)).toEqual({ id: null, side: 'after' });
    expect(mut.anchorAt(2, 'before')).toEqual({ id: null, side: 'before' });
  });

  it('gives null for ids that it does not know, and for no ids at all', () => {
    const mut = sharing('ab').mut(0);
    for (const id of [`99@${testReplicaId(0)}`, 'nonsense', '']) {
      expect(mut.indexOf({ id: id as OpId, side: 'after' })).toBeNull();
      expect(mut.indexOfElement(id as OpId)).toBeNull();
      expect(() => mut.attrs(id as OpId)).toThrow(RangeError);
      expect(() => mut.setAttr(id as OpId, 'kind', 1)).toThrow(RangeError);
    }
  });

  it('refuses indices outside of the text and data that no replica could read, and changes nothing', () => {
    const all = sharing('ab');
    const mut = all.mut(0);
    for (const index of [-1, 3, 0.5, Number.NaN]) {
      expect(() => mut.insert(index, 'x')).toThrow(RangeError);
      expect(() => mut.insertBlock(index, {})).toThrow(RangeError);
      expect(() => mut.delete(index, 1)).toThrow(RangeError);
      expect(() => mut.marksAt(index)).toThrow(RangeError);
    }
    for (const call of [() => mut.delete(1, 2), () => mut.mark(1, 0, 'bold', true), () => mut.idAt(2)]) {
      expect(call).toThrow(RangeError);
    }
    for (const call of [
      () => mut.insert(0, 'x', { bold: Number.NaN }),
      () => mut.mark(0, 1, 'bold', Number.POSITIVE_INFINITY),
      () => mut.mark(0, 1, '', true),
      () => mut.insertBlock(0, { '': 1 }),
      () => mut.setAttr(null, 'kind', Number.NaN),
    ]) {
      expect(call).toThrow(TypeError);
    }
    expect(all.log.length).toBe(1);
  });

  it('is unmoved by keys that objects have from birth', () => {
    const all = sharing('ab');
    const mut = all.mut(0);
    for (const key of ['__proto__', 'constructor', 'toString']) {
      mut.mark(0, 1, key, null);
      expect(all.log.length).toBe(1);
    }
    mut.mark(0, 1, '__proto__', 'p');
    mut.setAttr(null, '__proto__', 'p');
    merge(all);
    const [span] = all.view(1).spans;
    expect(span?.type === 'text' && Object.keys(span.marks)).toEqual(['__proto__']);
    expect(Object.keys(all.view(1).origin)).toEqual(['__proto__']);
  });

  it('keeps half of a surrogate pair where somebody cuts one', () => {
    const all = sharing('😀');
    all.mut(0).delete(0, 1);
    all.mut(1).insert(1, '\uD83D');
    merge(all);
    expect(all.view(1).text).toBe('\uD83D\uDE00');
  });
});
