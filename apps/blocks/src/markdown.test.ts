import { Doc, ROOT } from '@concord/crdt';
import { describe, expect, test } from 'vitest';
import { parseInline, parseMarkdown, writeMarkdown } from './markdown.ts';
import { addBlock, insertBlocks } from './model.ts';
import { pageOf } from './page.ts';
import { blocksSchema } from './schema.ts';

describe('reading', () => {
  test('signs at the start of a line say what it is', () => {
    const text = '# A\n## B\n#### C\n- d\n3. e\n- [x] f\n[] g\n> h\n---\nplain';
    expect(parseMarkdown(text).map(({ type }) => type)).toEqual([
      'heading1',
      'heading2',
      'heading3',
      'bullet',
      'numbered',
      'todo',
      'todo',
      'quote',
      'divider',
      'text',
    ]);
    expect(parseMarkdown(text)[5]?.checked).toBe(true);
  });

  test('indents nest, by any width', () => {
    expect(parseMarkdown('- a\n    - b\n\t- c\n  - d\ne').map(({ depth }) => depth)).toEqual([0, 1, 1, 1, 0]);
  });

  test('code keeps its lines, blanks included, also when it is never closed', () => {
    expect(parseMarkdown('```ts\nlet a\n\n  b\n```\nx').map((each) => each.content[0]?.text)).toEqual([
      'let a\n\n  b',
      'x',
    ]);
    expect(parseMarkdown('```\na')).toMatchObject([{ type: 'code', content: [{ text: 'a' }] }]);
  });

  test('formats nest; an address that could run something is no link', () => {
    expect(parseInline('a **b *c*** `d*e*`')).toMatchObject([
      { text: 'a ' },
      { text: 'b ', marks: { bold: true } },
      { text: 'c', marks: { bold: true, italic: true } },
      { text: ' ' },
      { text: 'd*e*', marks: { code: true } },
    ]);
    expect(parseInline('[x](javascript:alert(1)) [y](https://y.org)')).toMatchObject([
      { text: '[x](javascript:alert(1)) ', marks: {} },
      { text: 'y', marks: { link: { href: 'https://y.org' } } },
    ]);
  });
});

test('what is written reads back as the same page', () => {
  const text = `# Title

## Part

- a **bold** word
  - inside
- b

1. one
2. two

- [x] done
- [ ] open

> quoted

\`\`\`
let x = 1;

let y;
\`\`\`

---

> [!NOTE] careful

end
`;
  const doc = new Doc(blocksSchema);
  doc.change((root) => {
    const first = addBlock(root, { parent: ROOT, after: null });
    insertBlocks(root, first, 0, parseMarkdown(text));
  });
  expect(writeMarkdown('', pageOf(doc.view).blocks)).toBe(text);
});
