import { Doc, ROOT } from '@concord/crdt';
import { beforeEach, describe, expect, test } from 'vitest';
import { parseMarkdown } from './markdown.ts';
import * as model from './model.ts';
import { type Block, pageOf } from './page.ts';
import { rowsOf } from './rows.ts';
import { blocksSchema } from './schema.ts';

type PageDoc = Doc<typeof blocksSchema>;
let doc: PageDoc;

/** The page as indented lines: `- text`, or `- type: text`. */
function outline(of: PageDoc = doc): string[] {
  const lines = (blocks: readonly Block[], indent: string): string[] =>
    blocks.flatMap((block) => [
      `${indent}${block.type === 'text' ? '' : `${block.type}: `}${block.text}`,
      ...lines(block.children, `${indent}  `),
    ]);
  return lines(pageOf(of.view).blocks, '');
}

function change<T>(edit: (root: Parameters<typeof model.addBlock>[0]) => T, of: PageDoc = doc): T {
  let result: T | undefined;
  of.change((root) => {
    result = edit(root);
  });
  return result as T;
}

/** Writes a page from Markdown lines. */
function write(text: string): void {
  change((root) => {
    const first = model.addBlock(root, { parent: ROOT, after: null });
    model.insertBlocks(root, first, 0, parseMarkdown(text));
  });
}

const find = (text: string, of: PageDoc = doc): string => {
  const block = [...pageOf(of.view).byId.values()].find((each) => each.text === text);
  if (!block) throw new Error(`no block “${text}”`);
  return block.id;
};

/** A second replica that knows what the first knows. */
function other(): PageDoc {
  const made = new Doc(blocksSchema);
  made.apply(doc.changesSince(made.version).map((each) => each.bytes));
  return made;
}

function sync(a: PageDoc, b: PageDoc): void {
  const fromA = a.changesSince(b.version).map((each) => each.bytes);
  a.apply(b.changesSince(a.version).map((each) => each.bytes));
  b.apply(fromA);
  expect(a.stateHash()).toBe(b.stateHash());
}

beforeEach(() => {
  doc = new Doc(blocksSchema);
});

describe('split and merge', () => {
  test('a split puts the second half behind, and a merge takes it back', () => {
    write('Hello world');
    const first = find('Hello world');
    const second = change((root) => model.splitBlock(root, first, 5, 'text')) as string;
    expect(outline()).toEqual(['Hello', ' world']);
    expect(change((root) => model.mergeBlocks(root, first, second))).toBe(5);
    expect(outline()).toEqual(['Hello world']);
  });

  test('with `inside` the second half is the first child', () => {
    write('ab\n  c');
    change((root) => model.splitBlock(root, find('ab'), 1, 'text', true));
    expect(outline()).toEqual(['a', '  b', '  c']);
  });

  test('others type in both halves while a block is split', () => {
    write('one two');
    const bo = other();
    change((root) => model.splitBlock(root, find('one two'), 4, 'text'));
    const theirs = find('one two', bo);
    bo.change((root) => {
      root.stream.insert(root.stream.length, '!');
      root.stream.insert((model.contentRange(root, theirs) as { start: number }).start, '>');
    });
    sync(doc, bo);
    expect(outline()).toEqual(['>one ', 'two!']);
  });

  test('others type in a block that is merged away', () => {
    write('one');
    const second = change((root) => model.splitBlock(root, find('one'), 3, 'text')) as string;
    const bo = other();
    change((root) => model.mergeBlocks(root, find('one'), second));
    bo.change((root) => root.stream.insert(root.stream.length, ' more'));
    sync(doc, bo);
    expect(outline()).toEqual(['one more']);
  });

  test('the children of a merged block move up beside it', () => {
    write('a\nb\n  c\n  d');
    change((root) => model.mergeBlocks(root, find('a'), find('b')));
    expect(outline()).toEqual(['ab', 'c', 'd']);
  });

  test('a merge of strangers copies text and marks, and the original is in the trash', () => {
    write('a\n**b**\nc');
    change((root) => model.moveBlock(root, find('c'), { parent: ROOT, after: find('a') }));
    change((root) => model.mergeBlocks(root, find('a'), find('c')));
    expect(outline()).toEqual(['ac', 'b']);
    expect(pageOf(doc.view).trash.map((block) => block.text)).toEqual(['c']);
    change((root) => model.mergeBlocks(root, find('ac'), find('b')));
    expect(pageOf(doc.view).byId.get(find('acb'))?.spans).toContainEqual({
      type: 'text',
      text: 'b',
      marks: { bold: true },
    });
  });
});

describe('moves', () => {
  beforeEach(() => write('a\n  b\nc'));

  test('indent and outdent', () => {
    change((root) => model.indentBlock(root, find('c')));
    expect(outline()).toEqual(['a', '  b', '  c']);
    change((root) => model.outdentBlock(root, find('b')));
    expect(outline()).toEqual(['a', '  c', 'b']);
  });

  test('indenting into a collapsed block opens it', () => {
    change((root) => model.setBlockAttr(root, find('a'), 'collapsed', true));
    change((root) => model.indentBlock(root, find('c')));
    expect(pageOf(doc.view).byId.get(find('a'))?.attrs.collapsed).toBeUndefined();
  });

  test('up and down among siblings, and out of the parent at the edge', () => {
    change((root) => model.nudgeBlock(root, find('c'), 'up'));
    expect(outline()).toEqual(['c', 'a', '  b']);
    change((root) => model.nudgeBlock(root, find('b'), 'up'));
    expect(outline()).toEqual(['c', 'b', 'a']);
    expect(change((root) => model.nudgeBlock(root, find('a'), 'down'))).toBe(false);
  });

  test('a block cannot be inside itself', () => {
    expect(() =>
      change((root) => model.moveBlock(root, find('a'), { parent: find('b'), after: null })),
    ).toThrow(RangeError);
  });

  test('moved anyway: what stands in the way comes out first', () => {
    change((root) => model.moveAnyway(root, find('a'), find('b')));
    expect(outline()).toEqual(['b', '  a', 'c']);
  });

  test('two put each other into themselves: one move is skipped, its author is told', () => {
    const bo = other();
    const skipped: string[] = [];
    for (const each of [doc, bo])
      each.subscribe((event) => {
        for (const patches of event.patches.values())
          for (const patch of patches as { type: string; node: string }[])
            if (patch.type === 'skipped') skipped.push(patch.node);
      });
    change((root) => model.moveBlock(root, find('a'), { parent: find('c'), after: null }));
    change((root) => model.moveBlock(root, find('c'), { parent: find('a'), after: null }), bo);
    sync(doc, bo);
    expect(new Set(skipped).size).toBe(1);
    expect(outline(bo)).toEqual(outline());
    expect(outline()).toHaveLength(3);
  });

  test('moving a block keeps what somebody types into it', () => {
    const bo = other();
    change((root) => model.moveBlock(root, find('b'), { parent: find('c'), after: null }));
    bo.change((root) => {
      const range = model.contentRange(root, find('b', bo)) as { end: number };
      root.stream.insert(range.end, ' typed');
    });
    sync(doc, bo);
    expect(outline()).toEqual(['a', 'c', '  b typed']);
  });
});

describe('trash', () => {
  test('a deleted block comes back with its children and with what others typed', () => {
    write('a\n  b\nc');
    const bo = other();
    const a = find('a');
    change((root) => model.removeBlock(root, a));
    bo.change((root) => root.stream.insert((model.contentRange(root, a) as { end: number }).end, '!'));
    sync(doc, bo);
    expect(outline()).toEqual(['c']);
    change((root) => model.restoreBlock(root, a));
    expect(outline()).toEqual(['c', 'a!', '  b']);
  });

  test('text without a block is a stray until it is put on the page', () => {
    write('a');
    doc.change((root) => root.stream.insert(0, 'lost'));
    expect(pageOf(doc.view).strays).toEqual([{ id: null, text: 'lost' }]);
    change((root) => model.rescueText(root, null));
    expect(pageOf(doc.view).strays).toEqual([]);
    expect(outline()).toEqual(['a', 'lost']);
  });
});

describe('paste and duplicate', () => {
  test('lines become blocks between the two halves', () => {
    write('start end');
    const caret = change((root) =>
      model.insertBlocks(root, find('start end'), 6, parseMarkdown('x\n- y\n  - z')),
    );
    expect(outline()).toEqual(['start x', 'bullet: y', '  bullet: z', 'end']);
    expect(caret).toEqual({ block: find('z'), offset: 1 });
  });

  test('in the middle of the page nothing else moves', () => {
    write('a\nb\nc');
    change((root) => model.insertBlocks(root, find('b'), 1, parseMarkdown('1\n2\n3')));
    expect(outline()).toEqual(['a', 'b1', '2', '3', 'c']);
  });

  test('a copy has the attributes, the marks and the children', () => {
    write('[x] **a**\n  - b');
    change((root) => model.duplicateBlock(root, find('a')));
    expect(outline()).toEqual(['todo: a', '  bullet: b', 'todo: a', '  bullet: b']);
    const copy = pageOf(doc.view).blocks[1];
    expect(copy?.attrs.checked).toBe(true);
    expect(copy?.spans).toEqual([{ type: 'text', text: 'a', marks: { bold: true } }]);
  });
});

test('an unchanged block keeps its identity from page to page', () => {
  write('a\n  b\nc');
  const before = pageOf(doc.view);
  doc.change((root) => root.stream.insert((model.contentRange(root, find('c')) as { end: number }).end, '!'));
  const after = pageOf(doc.view, before);
  expect(after.blocks[0]).toBe(before.blocks[0]);
  expect(after.blocks[1]).not.toBe(before.blocks[1]);
});

test('a page that somebody nested thousands deep is still shown, whole', () => {
  const doc = new Doc(blocksSchema);
  doc.change((root) => {
    let parent = ROOT;
    for (let i = 0; i < 1500; i++) {
      const block = root.stream.insertBlock(root.stream.length, {});
      root.tree.move(block, parent, 0);
      parent = block;
    }
  });
  const page = pageOf(doc.view);
  expect(page.byId.size).toBe(1500);
  const rows = rowsOf(page.blocks);
  expect(rows).toHaveLength(1500);
  expect(Math.max(...rows.map((row) => row.depth))).toBe(100);
});
