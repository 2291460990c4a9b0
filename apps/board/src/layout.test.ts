import { describe, expect, it } from 'vitest';
import { emptyLayout, filterLayout, type Layout, reuse } from './layout.ts';

const layout = (columns: Record<string, string[]>, unfiled: string[] = []): Layout => ({
  columns: Object.entries(columns).map(([id, cards]) => ({ id, cards })),
  unfiled,
});

describe('reuse', () => {
  it('keeps the identity of what is equal', () => {
    const before = layout({ a: ['1', '2'], b: ['3'] });
    const after = reuse(before, layout({ a: ['1', '2'], b: ['3', '4'] }));
    expect(after.columns[0]).toBe(before.columns[0]);
    expect(after.columns[1]).toEqual({ id: 'b', cards: ['3', '4'] });
    expect(after.unfiled).toBe(before.unfiled);
    expect(reuse(before, layout({ a: ['1', '2'], b: ['3'] }))).toBe(before);
  });
  it('notices when lists change places', () => {
    const before = layout({ a: ['1'], b: [] });
    const after = reuse(before, layout({ b: [], a: ['1'] }));
    expect(after.columns.map((column) => column.id)).toEqual(['b', 'a']);
    expect(after.columns[1]).toBe(before.columns[0]);
    expect(reuse(emptyLayout, before)).not.toBe(emptyLayout);
  });
});

describe('filterLayout', () => {
  it('keeps the lists, drops the cards', () => {
    const kept = filterLayout(
      layout({ a: ['1', '2'], b: ['3'] }, ['4', '5']),
      (card) => Number(card) % 2 === 0,
    );
    expect(kept).toEqual(layout({ a: ['2'], b: [] }, ['4']));
  });
});
