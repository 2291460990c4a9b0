import { type TextPatch, textPatches } from '@concord/crdt';
import { forSeeds, type Random } from '@concord/crdt/testing';
import { Fragment, type Node, type NodeType, Slice } from '@tiptap/pm/model';
import { TextSelection, type Transaction } from '@tiptap/pm/state';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { blockRange } from './index.ts';
import { newDoc, PageLessEditor, schema, type TextDoc } from './testing/fixture.ts';

/** Gives `to` everything that `from` has. */
const deliver = (from: TextDoc, to: TextDoc): void => {
  to.apply(from.changesSince(to.version).map((change) => change.bytes));
};

function expectSame(shown: Node, wanted: Node): void {
  if (!shown.eq(wanted)) expect(shown.toJSON()).toEqual(wanted.toJSON());
}

function randomInline(random: Random): Node[] {
  const nodes: Node[] = [];
  for (let i = random.int(3); i >= 0; i--) {
    if (random.chance(0.15)) nodes.push(schema.node('image', { src: `i${random.int(9)}` }));
    const marks = [
      ...(random.chance(0.3) ? [schema.mark('bold')] : []),
      ...(random.chance(0.2) ? [schema.mark('link', { href: `l${random.int(3)}` })] : []),
    ];
    nodes.push(schema.text(random.pick(['a', 'bc', 'xyz', '😀', '😃', 'aa', '\n']), marks));
  }
  return nodes;
}

function randomBlock(random: Random): Node {
  const content = random.chance(0.2) ? [] : randomInline(random);
  const type = random.pick(['paragraph', 'heading', 'item']);
  const attrs =
    type === 'heading' ? { level: 1 + random.int(3) } : type === 'item' ? { indent: random.int(3) } : {};
  return schema.node(type, attrs, content);
}

/** A position inside a textblock that does not cut a surrogate pair. */
function randomPosition(random: Random, doc: Node): number {
  for (;;) {
    const $pos = doc.resolve(random.int(doc.content.size + 1));
    if ($pos.depth === 0) continue;
    const before = $pos.parent.textBetween(0, $pos.parentOffset, '', ' ');
    if (!/[\ud800-\udbff]$/.test(before)) return $pos.pos;
  }
}

function randomBoundary(random: Random, doc: Node): number {
  let pos = 0;
  for (let k = random.int(doc.childCount + 1); k > 0; k--) pos += doc.child(k - 1).nodeSize;
  return pos;
}

function randomEdit(random: Random, editor: PageLessEditor, single = false): void {
  const { tr } = editor.state;
  const { doc } = tr;
  const [from, to] = [randomPosition(random, doc), randomPosition(random, doc)].sort((a, b) => a - b) as [
    number,
    number,
  ];
  const kind = random.int(single ? 5 : 13);
  if (kind === 0) tr.insertText(random.pick(['q', 'rs', '😀']), from);
  else if (kind === 1) tr.replaceWith(from, to, randomInline(random));
  else if (kind === 2)
    tr.addMark(from, to, random.chance(0.5) ? schema.mark('bold') : schema.mark('link', { href: 'h' }));
  else if (kind === 3) tr.removeMark(from, to, random.chance(0.5) ? schema.marks.bold : null);
  else if (kind === 4) tr.delete(from, Math.min(to, doc.resolve(from).end()));
  else if (kind === 5) tr.split(from);
  else if (kind === 6) tr.delete(from, to);
  else if (kind === 7)
    tr.setBlockType(
      from,
      to,
      random.pick([schema.nodes.paragraph, schema.nodes.heading, schema.nodes.item]) as never,
    );
  else if (kind === 8)
    tr.replace(
      from,
      to,
      new Slice(Fragment.from([randomBlock(random), randomBlock(random)]), random.int(2), random.int(2)),
    );
  else if (kind === 9) tr.insert(randomBoundary(random, doc), randomBlock(random));
  else if (kind === 10) {
    const edges = [randomBoundary(random, doc), randomBoundary(random, doc)].sort((a, b) => a - b) as [
      number,
      number,
    ];
    if (edges[1] - edges[0] < doc.content.size) tr.delete(edges[0], edges[1]);
    else tr.replaceWith(0, doc.content.size, randomBlock(random));
  } else if (kind === 11) {
    const start = doc.resolve(from).before(1);
    if (doc.nodeAt(start)?.type === schema.nodes.item)
      tr.setNodeAttribute(start, 'checked', random.chance(0.5));
    tr.insertText('!', to);
  } else {
    // Several steps in one transaction.
    tr.split(to);
    tr.insertText('m', tr.mapping.map(from));
    tr.setNodeMarkup(0, schema.nodes.heading, { level: 2 });
  }
  editor.dispatch(tr);
}

// An edit that cannot be written is reported and taken back; no test here may get that far.
beforeEach(() => {
  vi.spyOn(console, 'error').mockImplementation((error) => {
    throw error;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

describe('two editors on one text', () => {
  test('show the same after any edits in any order of delivery, and what the text says', () => {
    forSeeds(80, (random) => {
      const docs = [newDoc(0), newDoc(1), newDoc(2)];
      const editors = docs.map((doc) => new PageLessEditor(doc));
      for (let i = 0; i < 40; i++) {
        const at = random.int(3);
        const editor = editors[at] as PageLessEditor;
        // Sometimes the browser has an edit in the page that the editor reads only when others' changes come.
        if (random.chance(0.25)) editor.typed = () => randomEdit(random, editor);
        else if (random.chance(0.65)) randomEdit(random, editor);
        else if (random.chance(0.2)) random.chance(0.6) ? docs[at]?.undo() : docs[at]?.redo();
        else deliver(docs[random.int(3)] as TextDoc, docs[at] as TextDoc);
        expectSame(editor.state.doc, editor.rendered());
      }
      for (const { domObserver } of editors) domObserver.flush();
      for (const from of docs) for (const to of docs) deliver(from, to);
      for (const editor of editors) {
        expectSame(editor.state.doc, editor.rendered());
        expectSame(editor.state.doc, (editors[0] as PageLessEditor).state.doc);
      }
    });
  });

  test('a change of very many parts comes at once, and the caret stays at its letters', () => {
    forSeeds(4, (random) => {
      const [a, b] = [newDoc(0), newDoc(1)];
      const [ana, bo] = [new PageLessEditor(a), new PageLessEditor(b)];
      bo.dispatch(bo.state.tr.insertText('here', 1));
      deliver(b, a);
      bo.dispatch(bo.state.tr.setSelection(TextSelection.create(bo.state.doc, 3)));
      const blocks = Array.from({ length: 300 }, () => randomBlock(random));
      ana.dispatch(ana.state.tr.insert(random.chance(0.5) ? 0 : 6, blocks));
      deliver(a, b);
      expect(bo.remote).toBe(1);
      expectSame(bo.state.doc, bo.rendered());
      const { $head } = bo.state.selection;
      expect($head.parent.textBetween(0, $head.parentOffset)).toBe('he');
    });
  });

  test('a remote change is one transaction, and the caret stays before what others insert at it', () => {
    const [a, b] = [newDoc(0), newDoc(1)];
    const [ana, bo] = [new PageLessEditor(a), new PageLessEditor(b)];
    ana.dispatch(ana.state.tr.insertText('Hello', 1));
    deliver(a, b);
    expect(bo.remote).toBe(1);
    bo.dispatch(bo.state.tr.setSelection(TextSelection.create(bo.state.doc, 6)));
    ana.dispatch(ana.state.tr.insertText(' world', 6));
    deliver(a, b);
    expect(bo.state.doc.textContent).toBe('Hello world');
    expect(bo.state.selection.head).toBe(6);
    ana.dispatch(ana.state.tr.split(3));
    deliver(a, b);
    expect(bo.state.selection.head).toBe(8);
  });
});

describe('a local edit', () => {
  /** The patches that another replica sees when `edit` is made in an editor with the blocks `before`. */
  function patchesOf(before: readonly Node[], edit: (tr: Transaction) => void): TextPatch[] {
    const [a, b] = [newDoc(0), newDoc(1)];
    const editor = new PageLessEditor(a);
    editor.dispatch(editor.state.tr.replaceWith(0, editor.state.doc.content.size, before));
    deliver(a, b);
    const seen: TextPatch[] = [];
    b.subscribe((event) => seen.push(...textPatches(event, 'body')));
    const { tr } = editor.state;
    edit(tr);
    editor.dispatch(tr);
    deliver(a, b);
    return seen;
  }
  const p = (text: string) => schema.node('paragraph', null, text ? [schema.text(text)] : []);
  const h = (text: string) => schema.node('heading', { level: 2 }, text ? [schema.text(text)] : []);

  test('a split is one new marker', () => {
    const patches = patchesOf([p('abcdef')], (tr) => tr.split(4));
    expect(patches).toMatchObject([{ type: 'insert', index: 3, spans: [{ type: 'block' }] }]);
  });

  test('a join is one deleted marker', () => {
    const patches = patchesOf([p('abc'), h('def')], (tr) => tr.join(5));
    expect(patches).toEqual([{ type: 'delete', index: 3, count: 1 }]);
  });

  test('deleting an empty paragraph before a heading keeps the heading', () => {
    const patches = patchesOf([p('a'), p(''), h('def')], (tr) => tr.delete(3, 5));
    expect(patches).toEqual([{ type: 'delete', index: 1, count: 1 }]);
  });

  test('the first block cannot go: it takes the looks of the next', () => {
    const patches = patchesOf([p('a'), h('def')], (tr) => tr.delete(0, 3));
    expect(patches).toEqual([
      { type: 'attr', element: null, index: -1, key: 'type', value: 'heading' },
      { type: 'attr', element: null, index: -1, key: 'level', value: 2 },
      { type: 'delete', index: 0, count: 2 },
    ]);
  });

  test('a changed block type is attributes and no text', () => {
    const patches = patchesOf([p('abc'), p('def')], (tr) =>
      tr.setBlockType(6, 7, schema.nodes.heading as NodeType, { level: 3 }),
    );
    expect(patches.map((patch) => patch.type)).toEqual(['attr', 'attr']);
  });

  test('replacing a selection keeps what is the same at both ends', () => {
    const patches = patchesOf([p('one two three')], (tr) => tr.insertText('one twenty three', 1, 14));
    expect(patches).toMatchObject([
      { type: 'delete', index: 6, count: 1 },
      { type: 'insert', index: 6, spans: [{ type: 'text', text: 'enty' }] },
    ]);
  });

  test('never cuts a surrogate pair', () => {
    const patches = patchesOf([p('😀')], (tr) => tr.insertText('😃', 1, 3));
    expect(patches).toMatchObject([
      { type: 'delete', index: 0, count: 2 },
      { type: 'insert', index: 0, spans: [{ type: 'text', text: '😃' }] },
    ]);
  });

  test('an edit that the text cannot take is reported and taken back', () => {
    const reported = vi.spyOn(console, 'error').mockImplementation(() => {});
    const doc = newDoc(0);
    const editor = new PageLessEditor(doc, blockRange(null));
    editor.dispatch(editor.state.tr.insertText('abc', 1));
    editor.dispatch(editor.state.tr.split(2));
    expect(reported).toHaveBeenCalledOnce();
    expectSame(editor.state.doc, editor.rendered());
    expect(doc.view.body).toMatchObject({ text: 'abc' });
  });
});

describe('undo', () => {
  test("takes back one's own edit and puts the caret there", () => {
    const [a, b] = [newDoc(0), newDoc(1)];
    const [ana, bo] = [new PageLessEditor(a), new PageLessEditor(b)];
    ana.dispatch(ana.state.tr.insertText('one two', 1));
    deliver(a, b);
    bo.dispatch(bo.state.tr.insertText(' big', 4));
    deliver(b, a);
    a.closeUndoStep();
    ana.dispatch(ana.state.tr.delete(9, 12));
    ana.dispatch(ana.state.tr.setSelection(TextSelection.create(ana.state.doc, 1)));
    a.undo();
    expect(ana.state.doc.textContent).toBe('one big two');
    expect(ana.state.selection.head).toBe(12);
    a.undo();
    expect(ana.state.doc.textContent).toBe(' big');
  });
});

describe('a block editor', () => {
  test('shows and writes its block alone, wherever others move it', () => {
    forSeeds(60, (random) => {
      const [a, b] = [newDoc(0), newDoc(1)];
      const whole = new PageLessEditor(a);
      whole.dispatch(
        whole.state.tr.replaceWith(0, 2, [randomBlock(random), randomBlock(random), randomBlock(random)]),
      );
      deliver(a, b);
      const markers = [null, ...markersOf(b)];
      const blocks = markers.map((marker) => new PageLessEditor(b, blockRange(marker)));
      for (let i = 0; i < 25; i++) {
        if (random.chance(0.4)) randomEdit(random, whole);
        else if (random.chance(0.5)) {
          const live = blocks.filter(
            (block) => block.source.read((text) => block.range.start(text)) !== null,
          );
          const block = random.pick(live);
          if (random.chance(0.3)) {
            block.typed = () => {
              const { tr } = block.state;
              block.dispatch(tr.insertText('q', randomPosition(random, tr.doc)));
            };
          } else randomEdit(random, block, true);
        } else {
          deliver(a, b);
          deliver(b, a);
        }
        for (const block of blocks) expectSame(block.state.doc, block.rendered());
        expectSame(whole.state.doc, whole.rendered());
      }
    });
  });

  const markersOf = (doc: TextDoc) =>
    doc.query((root) => root.body.spans().flatMap((span) => (span.type === 'block' ? [span.id] : [])));
});

describe('what the browser has not told yet', () => {
  test('a letter in the page is not lost when others type beside it, nor is the caret', () => {
    const [a, b] = [newDoc(0), newDoc(1)];
    const [ana, bo] = [new PageLessEditor(a), new PageLessEditor(b)];
    ana.dispatch(ana.state.tr.insertText('Hello world', 1));
    deliver(a, b);
    bo.dispatch(bo.state.tr.insertText('Oh! ', 1).delete(12, 16));
    ana.typed = () => {
      ana.dispatch(ana.state.tr.insertText('X', 6));
      ana.dispatch(ana.state.tr.setSelection(TextSelection.create(ana.state.doc, 7)));
    };
    deliver(b, a);
    deliver(a, b);
    expect(ana.state.doc.textContent).toBe('Oh! HelloX w');
    expect(bo.state.doc.textContent).toBe('Oh! HelloX w');
    expect(ana.state.selection.head).toBe(11);
  });

  test('nor in a composition that others write into', () => {
    const [a, b] = [newDoc(0), newDoc(1)];
    const [ana, bo] = [new PageLessEditor(a), new PageLessEditor(b)];
    ana.dispatch(ana.state.tr.insertText('Hello', 1));
    deliver(a, b);
    ana.composing = true;
    bo.dispatch(bo.state.tr.insertText('Oh! ', 1));
    ana.typed = () => ana.dispatch(ana.state.tr.insertText('n', 6));
    deliver(b, a);
    expect(ana.state.doc.textContent).toBe('Hellon');
    ana.composing = false;
    ana.dispatch(ana.state.tr);
    expect(ana.state.doc.textContent).toBe('Oh! Hellon');
  });
});

describe('a composition', () => {
  test('is not disturbed by others in its block, and nothing is lost', () => {
    const [a, b] = [newDoc(0), newDoc(1)];
    const [ana, bo] = [new PageLessEditor(a), new PageLessEditor(b)];
    ana.dispatch(ana.state.tr.insertText('Hello world', 1));
    deliver(a, b);
    ana.composing = true;
    ana.dispatch(ana.state.tr.insertText('n', 6));
    bo.dispatch(bo.state.tr.insertText('Oh! ', 1).delete(12, 16));
    deliver(b, a);
    expect(ana.state.doc.textContent).toBe('Hellon world');
    ana.dispatch(ana.state.tr.insertText('ni', 6, 7));
    ana.dispatch(ana.state.tr.insertText('你', 6, 8));
    bo.dispatch(bo.state.tr.insertText('?', bo.state.doc.content.size - 1));
    deliver(b, a);
    ana.dispatch(ana.state.tr.setSelection(TextSelection.create(ana.state.doc, 7)));
    expect(ana.state.doc.textContent).toBe('Hello你 world');
    ana.composing = false;
    ana.dispatch(ana.state.tr);
    deliver(a, b);
    expect(ana.state.doc.textContent).toBe('Oh! Hello你 w?');
    expect(bo.state.doc.textContent).toBe('Oh! Hello你 w?');
  });

  test('goes on undisturbed when others edit another block', () => {
    const [a, b] = [newDoc(0), newDoc(1)];
    const [ana, bo] = [new PageLessEditor(a), new PageLessEditor(b)];
    ana.dispatch(ana.state.tr.insertText('ab', 1).split(2));
    deliver(a, b);
    ana.dispatch(ana.state.tr.setSelection(TextSelection.create(ana.state.doc, 5)));
    ana.composing = true;
    bo.dispatch(bo.state.tr.insertText('x', 1));
    deliver(b, a);
    expect(ana.state.doc.textContent).toBe('xab');
  });
});
