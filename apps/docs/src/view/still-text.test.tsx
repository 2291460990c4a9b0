// @vitest-environment happy-dom
import type { Attrs, Marks, OpId, TextSpan } from '@concord/crdt';
import { blockNodes, schemaCodec } from '@concord/prosemirror';
import { DOMSerializer } from '@tiptap/pm/model';
import { act } from 'react';
import { createRoot } from 'react-dom/client';
import { expect, test, vi } from 'vitest';
import { editorSchema } from '../editor/schema.ts';
import { StillText } from './still-text.tsx';

const block = (attrs: Attrs): TextSpan => ({ type: 'block', id: 'b' as OpId, attrs });
const text = (words: string, marks: Marks = {}): TextSpan => ({ type: 'text', text: words, marks });
const embed = (attrs: Attrs): TextSpan => ({ type: 'embed', id: 'e' as OpId, attrs, marks: {} });

const SPANS: readonly TextSpan[] = [
  text('plain, '),
  text('all at once', {
    code: true,
    strike: true,
    underline: true,
    italic: true,
    bold: true,
    link: { href: 'https://a.example' },
  }),
  text('nowhere', { link: { href: 'javascript:alert(1)' }, unheardOf: true }),
  block({ type: 'heading', level: 3, align: 'center' }),
  text('Third'),
  block({ type: 'heading', level: 99 }),
  text('of no level'),
  block({ type: 'bullet', indent: 2 }),
  text('bullet'),
  block({ type: 'ordered' }),
  text('ordered'),
  block({ type: 'quote' }),
  text('quote'),
  block({ type: 'codeBlock', language: 'ts' }),
  text('let a;'),
  block({ align: 'end', indent: 1 }),
  embed({ type: 'image', src: 'https://a.example/b.png', alt: 'B', width: 40 }),
  text(' and '),
  embed({ type: 'divider' }),
  text('.'),
  block({ type: 'unheardOf', indent: 99 }),
  text('unknown'),
];

/** What matters to the layout: elements with the attributes that the style sheet knows. */
function outline(node: Node): string {
  if (!(node instanceof Element)) return node.textContent ?? '';
  const looks = ['data-block', 'data-indent', 'data-language', 'href', 'src', 'style'].flatMap((name) => {
    const value = node.getAttribute(name)?.replace(/[\s;]/g, '');
    return value ? [`${name}=${value}`] : [];
  });
  const inner = [...node.childNodes].map(outline).join('');
  return `<${[node.localName, ...looks].join(' ')}>${inner}</>`;
}

test('what is there to be read has the elements of the editor', async () => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  // React would rather have no line across a paragraph; the editor draws it there too.
  const quiet = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const host = document.createElement('div');
  const root = createRoot(host);
  const body = { origin: {}, spans: SPANS, length: 0, text: '' };
  await act(() => root.render(<StillText body={body} />));
  const still = [...(host.firstElementChild?.children ?? [])].map(outline);
  const serializer = DOMSerializer.fromSchema(editorSchema);
  const edited = blockNodes(schemaCodec(editorSchema), SPANS, {}).map((node) =>
    outline(serializer.serializeNode(node)),
  );
  expect(still).toEqual(edited);
  await act(() => root.unmount());
  quiet.mockRestore();
});

test('of a long document no more is drawn than a screen shows', async () => {
  const host = document.createElement('div');
  const root = createRoot(host);
  const spans = Array.from({ length: 1000 }, (_, at) => [text(`line ${at}`), block({})]).flat();
  await act(() => root.render(<StillText body={{ origin: {}, spans, length: 0, text: '' }} />));
  expect(host.querySelectorAll('p').length).toBeLessThan(200);
  expect(host.textContent).toContain('line 99');
  await act(() => root.unmount());
});
