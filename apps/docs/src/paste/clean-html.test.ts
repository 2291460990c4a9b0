// @vitest-environment happy-dom
import { existsSync, readFileSync } from 'node:fs';
import { safeHref, safeImageSrc, typedHref } from '@concord/prosemirror/text';
import { DOMParser as PmParser } from '@tiptap/pm/model';
import { describe, expect, test, vi } from 'vitest';
import { editorSchema } from '../editor/schema.ts';
import { cleanHtml } from './clean-html.ts';

const parser = PmParser.fromSchema(editorSchema);

function paste(html: string) {
  const holder = document.implementation.createHTMLDocument('').body;
  holder.innerHTML = cleanHtml(html);
  return parser.parse(holder);
}

const shape = (html: string) => {
  const blocks: [string, number, string][] = [];
  paste(html).forEach((block) => {
    blocks.push([block.type.name, (block.attrs.indent as number | undefined) ?? 0, block.textContent]);
  });
  return blocks;
};

/** What could run if this HTML were put on a page. */
function dangers(html: string): string[] {
  const holder = document.implementation.createHTMLDocument('').body;
  holder.innerHTML = html;
  const found: string[] = [];
  for (const element of holder.querySelectorAll('*')) {
    if (/^(?:script|iframe|object|embed|svg|math|style|form|base|meta|link)$/.test(element.localName))
      found.push(element.localName);
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name) || name === 'srcdoc') found.push(name);
      if (/^(?:href|src)$/.test(name) && safeHref(value) === null && safeImageSrc(value) === null)
        found.push(value);
    }
  }
  return found;
}

describe('pasted HTML', () => {
  test('nested lists become indents', () => {
    expect(shape('<ul><li>a<ol><li>b</li></ol></li><li><p>c</p><p>d</p></li></ul><p>e</p>')).toEqual([
      ['bullet', 0, 'a'],
      ['ordered', 1, 'b'],
      ['bullet', 0, 'c'],
      ['paragraph', 1, 'd'],
      ['paragraph', 0, 'e'],
    ]);
  });

  test('Google Docs: marks from styles, and the wrapper is not bold', () => {
    const doc = paste(
      '<b style="font-weight:normal" id="docs-internal-guid-1"><p><span style="font-weight:700">x</span><span style="font-style:italic;text-decoration:underline">y</span><span>z</span></p></b>',
    );
    expect(doc.toJSON().content).toEqual([
      {
        type: 'paragraph',
        attrs: { indent: 0, align: 'start' },
        content: [
          { type: 'text', text: 'x', marks: [{ type: 'bold' }] },
          { type: 'text', text: 'y', marks: [{ type: 'italic' }, { type: 'underline' }] },
          { type: 'text', text: 'z' },
        ],
      },
    ]);
  });

  test('task items, code, quotes, rows of tables', () => {
    expect(
      shape(
        '<ul><li><input type="checkbox" checked>done</li></ul><pre><code class="language-js">a\n  b</code></pre><blockquote><p>q</p></blockquote><table><tr><th>1</th><th>2</th></tr><tr><td>3</td><td><p>4</p><p>5</p></td></tr></table>',
      ),
    ).toEqual([
      ['task', 0, 'done'],
      ['codeBlock', 0, 'a\n  b'],
      ['quote', 0, 'q'],
      ['paragraph', 0, '1 | 2'],
      ['paragraph', 0, '3 | 4 5'],
    ]);
  });

  test('links keep safe addresses only', () => {
    expect(cleanHtml('<a href="https://a.b/">x</a><a href="java&#10;script:alert(1)">y</a>')).toBe(
      '<p><a href="https://a.b/">x</a>y</p>',
    );
  });
});

describe('addresses', () => {
  test.each([
    'javascript:alert(1)',
    ' JavaScript:x',
    'java\tscript:x',
    'data:text/html,x',
    'vbscript:x',
    'file:///x',
    '',
    'blob:x',
  ])('refused: %j', (address) => {
    expect(safeHref(address)).toBeNull();
    expect(safeImageSrc(address)).toBeNull();
  });
  test('taken', () => {
    expect(safeHref('https://a.b/c?d#e')).toBe('https://a.b/c?d#e');
    expect(safeHref('./other.md')).toBe('./other.md');
    expect(typedHref('a.example/x')).toBe('https://a.example/x');
    expect(typedHref('ana@a.example')).toBe('mailto:ana@a.example');
    expect(safeImageSrc('data:image/png;base64,AAAA')).toBe('data:image/png;base64,AAAA');
    expect(safeImageSrc('data:image/svg+xml;base64,AAAA')).toBeNull();
  });
});

const corpus = '../shared/corpora/clipboard_xss';
describe.skipIf(!existsSync(corpus))(`real clipboards (skipped without ${corpus})`, () => {
  const read = (name: string): string => readFileSync(`${corpus}/${name}`, 'utf8');

  test('Word: headings and lists keep what they are', () => {
    const headings = shape(read('word15-plate-headers.html')).filter(([type]) => type === 'heading');
    expect(headings.length).toBeGreaterThan(2);
    const lists = shape(read('word15-plate-lists.html')).filter(
      ([type]) => type === 'bullet' || type === 'ordered',
    );
    expect(lists.length).toBeGreaterThan(3);
    expect(new Set(lists.map(([, indent]) => indent)).size).toBeGreaterThan(1);
    for (const [, , text] of lists) expect(text).not.toMatch(/^[·•o§]\s|^\d+\.\s/);
  });

  test.each([
    'gdocs-table-lexical.html',
    'quip-table-lexical.html',
    'merged-unequal-table-lexical.html',
    'word15-plate-tables.html',
    'word-mac-lexical.html',
    'word15-plate-inline_formatting.html',
  ])('%s is taken, and is a valid document', (name) => {
    const doc = paste(read(name));
    doc.check();
    expect(doc.textContent.length).toBeGreaterThan(10);
    expect(dangers(cleanHtml(read(name)))).toEqual([]);
  });

  test('no attack string survives', () => {
    // The test's DOM reports each frame that it does not load.
    vi.spyOn(process.stderr, 'write').mockReturnValue(true);
    const strings = [
      ...read('xss-payloadbox-even.txt').split('\n'),
      ...(JSON.parse(read('xss-dompurify-even.json')) as { payload: string }[]).map(({ payload }) => payload),
    ];
    expect(strings.length).toBeGreaterThan(3000);
    const survived = strings.filter((attack) => dangers(cleanHtml(attack)).length > 0);
    expect(survived).toEqual([]);
  });
});
