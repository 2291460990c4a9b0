import type { Node } from '@tiptap/pm/model';
import { AllSelection, type Command, EditorState, TextSelection } from '@tiptap/pm/state';
import { describe, expect, test } from 'vitest';
import {
  backspaceAtStart,
  clearFormatting,
  enter,
  exitCode,
  hasStyle,
  indent,
  insertBreak,
  insertDivider,
  insertImage,
  linkAt,
  setLink,
  setStyles,
  toggleStyle,
} from './commands.ts';
import { editorSchema as schema } from './schema.ts';

/** A block in short: `bullet@1 words`, `heading2 words`, `p words`; `|` is the caret. */
function block(short: string): Node {
  const [, name = 'p', level, depth, text = ''] =
    /^([a-zA-Z]+)(\d)?(?:@(\d))?(?: ([\s\S]*))?$/.exec(short) ?? [];
  const attrs = { ...(level && { level: Number(level) }), ...(depth && { indent: Number(depth) }) };
  const words = text.replace('|', '');
  return schema.node(name === 'p' ? 'paragraph' : name, attrs, words ? [schema.text(words)] : []);
}

function stateOf(...blocks: string[]): EditorState {
  const doc = schema.topNodeType.create(null, blocks.map(block));
  let caret = 1;
  let pos = 0;
  for (const [i, short] of blocks.entries()) {
    const at = short.replace(/^\S+ ?/, '').indexOf('|');
    if (at >= 0) caret = pos + 1 + at;
    pos += doc.child(i).nodeSize;
  }
  return EditorState.create({ doc, selection: TextSelection.create(doc, caret) });
}

function shortOf(state: EditorState): string[] {
  const out: string[] = [];
  state.doc.forEach((node, offset) => {
    const { level, indent: depth } = node.attrs;
    const name = node.type.name === 'paragraph' ? 'p' : node.type.name;
    const at = state.selection.head - offset - 1;
    let text = node.textBetween(0, node.content.size, '', (leaf) => `<${leaf.type.name}>`);
    if (at >= 0 && at <= node.content.size && state.selection.$head.parent === node) {
      const before = node.textBetween(0, at, '', (leaf) => `<${leaf.type.name}>`);
      text = `${before}|${text.slice(before.length)}`;
    }
    out.push(`${name}${level ?? ''}${depth ? `@${depth}` : ''}${text ? ` ${text}` : ''}`);
  });
  return out;
}

function after(state: EditorState, command: Command): EditorState {
  let next = state;
  expect(command(state, undefined)).toBe(true);
  command(state, (tr) => {
    next = state.apply(tr);
  });
  next.doc.check();
  return next;
}

describe('Enter', () => {
  test.each<[string, string[], string[]]>([
    ['splits a paragraph', ['p ab|cd'], ['p ab', 'p |cd']],
    ['goes on with a list', ['bullet@1 ab|'], ['bullet@1 ab', 'bullet@1 |']],
    ['ends a heading', ['heading2 ab|'], ['heading2 ab', 'p |']],
    ['splits a heading in two', ['heading2 a|b'], ['heading2 a', 'heading2 |b']],
    ['makes room above, and the block stays itself', ['heading2 |ab'], ['p', 'heading2 |ab']],
    ['leaves an empty item outwards', ['bullet a', 'bullet@1 |'], ['bullet a', 'bullet |']],
    ['leaves the list at the margin', ['bullet a', 'bullet |'], ['bullet a', 'p |']],
    ['leaves an empty quote', ['quote |'], ['p |']],
    ['opens code after a fence', ['p ```js|'], ['codeBlock |']],
    ['is a new line in code, with the same lead', ['codeBlock   a|'], ['codeBlock   a\n  |']],
    ['leaves code at its second empty line', ['codeBlock a\n|'], ['codeBlock a', 'p |']],
  ])('%s', (_name, before, expected) => {
    expect(shortOf(after(stateOf(...before), enter))).toEqual(expected);
  });

  test('a new task is open', () => {
    const doc = schema.topNodeType.create(null, [
      schema.node('task', { checked: true }, [schema.text('ab')]),
    ]);
    const state = EditorState.create({ doc, selection: TextSelection.create(doc, 3) });
    const next = after(state, enter).doc;
    expect([next.child(0).attrs.checked, next.child(1).attrs.checked]).toEqual([true, false]);
  });
});

describe('Backspace at the start', () => {
  test.each<[string[], string[] | null]>([
    [['bullet@1 |a'], ['bullet |a']],
    [['bullet |a'], ['p |a']],
    [['heading2 |a'], ['p |a']],
    [['codeBlock |a'], ['p |a']],
    [['p@2 |a'], ['p@1 |a']],
    [['p |a'], null],
    [['bullet a|'], null],
  ])('%j → %j', (before, expected) => {
    const state = stateOf(...before);
    if (expected) expect(shortOf(after(state, backspaceAtStart))).toEqual(expected);
    else expect(backspaceAtStart(state)).toBe(false);
  });
});

describe('styles and indents', () => {
  test('a style toggles, and keeps the indent where there is one', () => {
    const state = after(stateOf('bullet@2 a|'), toggleStyle({ type: 'task' }));
    expect(shortOf(state)).toEqual(['task@2 a|']);
    expect(shortOf(after(state, toggleStyle({ type: 'task' })))).toEqual(['p@2 a|']);
  });

  test('a selection over several blocks', () => {
    const state = stateOf('p a', 'heading1 b', 'bullet c');
    const all = state.apply(state.tr.setSelection(new AllSelection(state.doc)));
    const quoted = after(all, setStyles({ type: 'quote' }));
    expect(quoted.doc.content.content.map((node) => node.type.name)).toEqual(['quote', 'quote', 'quote']);
    expect(hasStyle(quoted, { type: 'quote' })).toBe(true);
  });

  test('no further than the margins', () => {
    expect(indent(-1)(stateOf('bullet |a'))).toBe(false);
    expect(indent(1)(stateOf('bullet@8 |a'))).toBe(false);
    expect(indent(1)(stateOf('heading1 |a'))).toBe(false);
    expect(shortOf(after(stateOf('bullet |a'), indent(1)))).toEqual(['bullet@1 |a']);
  });

  test('clearing takes marks and styles', () => {
    const doc = schema.topNodeType.create(null, [
      schema.node('heading', { level: 2 }, [schema.text('a', [schema.mark('bold')])]),
    ]);
    const state = EditorState.create({ doc, selection: new AllSelection(doc) });
    const next = after(state, clearFormatting);
    expect(next.doc.toJSON().content).toEqual([
      { type: 'paragraph', attrs: { indent: 0, align: 'start' }, content: [{ type: 'text', text: 'a' }] },
    ]);
  });
});

describe('insertions', () => {
  test('a line across the page', () => {
    expect(shortOf(after(stateOf('p |', 'p b'), insertDivider))).toEqual(['p <divider>', 'p |', 'p b']);
    expect(shortOf(after(stateOf('p a|', 'p b'), insertDivider))).toEqual([
      'p a',
      'p <divider>',
      'p |',
      'p b',
    ]);
  });

  test('a break in the line; in code a line end', () => {
    expect(shortOf(after(stateOf('p a|b'), insertBreak))).toEqual(['p a<hardBreak>|b']);
    expect(shortOf(after(stateOf('codeBlock a|b'), insertBreak))).toEqual(['codeBlock a\n|b']);
  });

  test('a paragraph below code', () => {
    expect(shortOf(after(stateOf('codeBlock a|b', 'p c'), exitCode()))).toEqual([
      'codeBlock ab',
      'p |',
      'p c',
    ]);
  });

  test('an image only from a safe address', () => {
    const image = { alt: 'x', width: 50 };
    expect(insertImage({ ...image, src: 'javascript:alert(1)' })(stateOf('p |'))).toBe(false);
    expect(shortOf(after(stateOf('p a|'), insertImage({ ...image, src: 'https://a.b/c.png' })))).toEqual([
      'p a<image>|',
    ]);
  });
});

describe('links', () => {
  test('words of their own, then found again from inside', () => {
    const state = after(stateOf('p a| b'), setLink('https://x.y', 'words'));
    expect(state.doc.textContent).toBe('awords b');
    expect(linkAt(state.doc.resolve(4))).toEqual({ from: 2, to: 7, href: 'https://x.y' });
    expect(linkAt(state.doc.resolve(1))).toBeNull();
    expect(linkAt(state.doc.resolve(8))).toBeNull();
  });

  test('the whole link around the caret changes or goes', () => {
    const linked = after(stateOf('p a| b'), setLink('https://x.y', 'words'));
    const inside = linked.apply(linked.tr.setSelection(TextSelection.create(linked.doc, 4)));
    const moved = after(inside, setLink('https://z.y'));
    expect(linkAt(moved.doc.resolve(4))).toEqual({ from: 2, to: 7, href: 'https://z.y' });
    expect(linkAt(after(inside, setLink(null)).doc.resolve(4))).toBeNull();
  });

  test('an unsafe address changes nothing', () => {
    expect(setLink('javascript:alert(1)')(stateOf('p a|'))).toBe(false);
  });
});
