import { existsSync, readFileSync } from 'node:fs';
import type { Node } from '@tiptap/pm/model';
import { describe, expect, test } from 'vitest';
import { editorSchema as schema } from '../editor/schema.ts';
import { looksLikeMarkdown } from './detect.ts';
import { parseMarkdown } from './parse.ts';
import { serializeMarkdown } from './serialize.ts';

const docOf = (source: string): Node => schema.topNodeType.createChecked(null, parseMarkdown(schema, source));
const roundTrip = (source: string): string => serializeMarkdown(docOf(source));
const shape = (source: string) =>
  parseMarkdown(schema, source).map((block) => {
    const attrs = Object.entries(block.attrs).filter(
      ([key, value]) => value !== block.type.spec.attrs?.[key]?.default,
    );
    return [block.type.name, Object.fromEntries(attrs), block.textContent];
  });

describe('from Markdown', () => {
  test('nested lists become indents, what is inside an item is indented below it', () => {
    expect(shape('- a\n  1. b\n     - [x] c\n\n  more\n\n  ```js\n  x\n  ```\n- [ ] d')).toEqual([
      ['bullet', {}, 'a'],
      ['ordered', { indent: 1 }, 'b'],
      ['task', { indent: 2, checked: true }, 'c'],
      ['paragraph', { indent: 1 }, 'more'],
      ['codeBlock', { indent: 1, language: 'js' }, 'x'],
      ['task', {}, 'd'],
    ]);
  });

  test('quotes, headings, tables and HTML', () => {
    expect(shape('# A\n> b\n>\n> c\n\n| x | y |\n|---|---|\n| 1 | 2 |\n\n<details>\nz\n</details>')).toEqual([
      ['heading', {}, 'A'],
      ['quote', {}, 'b'],
      ['quote', {}, 'c'],
      ['codeBlock', { language: 'table' }, '| x | y |\n|---|---|\n| 1 | 2 |'],
      ['codeBlock', { language: 'html' }, '<details>\nz\n</details>'],
    ]);
  });

  test('nothing that runs', () => {
    const doc = docOf(
      '[a](javascript:alert(1)) <a href="javascript:alert(1)">b</a> ![c](javascript:x) <script>d</script>',
    );
    const marks = new Set<string>();
    doc.descendants((node) => {
      for (const mark of node.marks) marks.add(mark.type.name);
    });
    expect([...marks]).toEqual([]);
    expect(doc.textContent).toContain('<script>');
  });

  test('an empty file is an empty paragraph', () => {
    expect(shape('')).toEqual([['paragraph', {}, '']]);
  });
});

describe('to Markdown', () => {
  const cases = [
    '# Title\n\nA **bold** and *italic*, ~~gone~~, `code`, <u>under</u> and [link](https://a.b/c).\n',
    '- a\n- b\n  - c\n    - d\n- e\n',
    '1. a\n2. b\n   - x\n3. c\n',
    '- [ ] open\n- [x] done\n',
    '> one\n>\n> two\n',
    '```js\nlet a = `x`;\n\nb();\n```\n',
    '````\n```\n````\n',
    'above\n\n---\n\nbelow\n',
    'line one\\\nline two\n',
    '![alt](https://a.b/c.png)\n',
    '- item\n\n  more of it\n\n  ```\n  code\n  ```\n\n- next\n',
    '| x | y |\n|---|---|\n| 1 | 2 |\n',
    '**bold *both* bold**\n',
    '[**bold** link](https://a.b)\n',
    'a `` ` `` b\n',
  ];
  test.each(cases)('comes back as it was: %j', (source) => {
    expect(roundTrip(source)).toBe(source);
  });

  test.each([
    '# not a heading',
    '- no list',
    '1. no list',
    '> no quote',
    'a * b * c _d_ `e` [f](g) <b> &amp; \\ ~~h~~',
    '```',
    '---',
    '+ x',
    '===',
    'snake_case_name',
  ])('text that looks like Markdown stays text: %j', (words) => {
    const paragraph = schema.node('paragraph', null, [schema.text(words)]);
    const doc = schema.topNodeType.create(null, [
      schema.node('paragraph', null, [schema.text('x')]),
      paragraph,
    ]);
    expect(docOf(serializeMarkdown(doc)).toJSON()).toEqual(doc.toJSON());
  });

  test('space goes out of the emphasis', () => {
    const doc = schema.topNodeType.create(null, [
      schema.node('paragraph', null, [
        schema.text('a'),
        schema.text(' b ', [schema.mark('bold')]),
        schema.text('c'),
      ]),
    ]);
    expect(serializeMarkdown(doc)).toBe('a **b** c\n');
  });
});

test('only what is Markdown beyond doubt is taken for it', () => {
  expect(looksLikeMarkdown('# comment\nls -l\n')).toBe(false);
  expect(looksLikeMarkdown('a - b\n- c')).toBe(false);
  expect(looksLikeMarkdown('# Title\n\n- one\n- two')).toBe(true);
  expect(looksLikeMarkdown('```js\nx\n```')).toBe(true);
});

const corpus = '../shared/corpora/markdown';
describe.skipIf(!existsSync(corpus))(`real files (skipped without ${corpus})`, () => {
  const facts = existsSync(corpus)
    ? (JSON.parse(readFileSync(`${corpus}/FACTS.json`, 'utf8')) as {
        name: string;
        facts: Record<string, number>;
      }[])
    : [];
  test.each(facts.map(({ name, facts: counts }) => [name, counts] as const))(
    '%s: nothing lost, and stable',
    (name, counts) => {
      const source = readFileSync(`${corpus}/${name}`, 'utf8');
      const doc = docOf(source);
      const written = serializeMarkdown(doc);
      const again = docOf(written);
      expect(again.toJSON()).toEqual(doc.toJSON());
      expect(serializeMarkdown(again)).toBe(written);
      const found = (type: string, level?: number): number => {
        let count = 0;
        doc.forEach((block) => {
          if (block.type.name === type && (level === undefined || block.attrs.level === level)) count++;
        });
        return count;
      };
      for (const level of [1, 2, 3, 4]) expect(found('heading', level)).toBe(counts[`h${level}`] ?? 0);
    },
  );
});
