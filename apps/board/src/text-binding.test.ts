// @vitest-environment happy-dom
import { Doc } from '@concord/crdt';
import { describe, expect, it } from 'vitest';
import { addCard, addList } from './model.ts';
import { boardSchema } from './schema.ts';
import { bindDescription } from './text-binding.ts';

function twoAreas() {
  const docs = [new Doc(boardSchema), new Doc(boardSchema)] as const;
  const sync = (): void => {
    for (const [to, from] of [docs, [docs[1], docs[0]] as const])
      to.apply(from.changesSince(to.version).map((change) => change.bytes));
  };
  let card = '';
  docs[0].change((root) => {
    card = addCard(root, addList(root, 'To do'), 'a');
    root.cards.at(card).description.insert(0, 'Hello world');
  });
  sync();
  const areas = docs.map((doc) => {
    const area = document.createElement('textarea');
    document.body.append(area);
    return { area, unbind: bindDescription(area, doc, card), doc };
  });
  const [ana, bo] = areas;
  if (!ana || !bo) throw new Error('two areas');
  return { ana: ana.area, bo: bo.area, unbind: ana.unbind, doc: docs[0], sync };
}

/** Types at an offset, as a person would: the browser changes the field, then tells. */
function type(area: HTMLTextAreaElement, at: number, text: string, until = at): void {
  area.value = area.value.slice(0, at) + text + area.value.slice(until);
  area.setSelectionRange(at + text.length, at + text.length);
  area.dispatchEvent(new Event('input'));
}

describe('a bound description', () => {
  it('shows the text, and takes what is typed as small edits', () => {
    const { ana, bo, sync } = twoAreas();
    expect(ana.value).toBe('Hello world');
    type(ana, 5, ', dear');
    type(bo, 0, 'Oh! ');
    sync();
    expect(ana.value).toBe('Oh! Hello, dear world');
    expect(bo.value).toBe(ana.value);
  });
  it("keeps the caret beside the reader's own words", () => {
    const { ana, bo, sync } = twoAreas();
    ana.setSelectionRange(6, 11);
    type(bo, 0, 'Oh! ');
    type(bo, bo.value.length, ' again');
    sync();
    expect([ana.selectionStart, ana.selectionEnd]).toEqual([10, 15]);
    expect(ana.value.slice(10, 15)).toBe('world');
  });
  it('leaves the field alone while an input method composes', () => {
    const { ana, bo, sync } = twoAreas();
    ana.dispatchEvent(new CompositionEvent('compositionstart'));
    type(ana, 5, 'に');
    type(bo, 0, 'Oh! ');
    sync();
    expect(ana.value).toBe('Helloに world');
    type(ana, 5, '日本', 6);
    ana.dispatchEvent(new CompositionEvent('compositionend'));
    expect(ana.value).toBe('Oh! Hello日本 world');
    sync();
    expect(bo.value).toBe(ana.value);
  });
  it("undoes the reader's own edits only", () => {
    const { ana, bo, doc, sync } = twoAreas();
    doc.closeUndoStep();
    type(ana, 11, '!');
    type(bo, 0, 'Oh! ');
    sync();
    const key = new KeyboardEvent('keydown', { key: 'z', ctrlKey: true, cancelable: true });
    ana.dispatchEvent(key);
    expect(key.defaultPrevented).toBe(true);
    expect(ana.value).toBe('Oh! Hello world');
  });
  it('lets go', () => {
    const { ana, bo, unbind, sync } = twoAreas();
    unbind();
    type(bo, 0, 'Oh! ');
    sync();
    expect(ana.value).toBe('Hello world');
  });
});
