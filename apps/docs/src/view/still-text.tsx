import type { Attrs, TextSpan, TextView } from '@concord/crdt';
import { safeHref, safeImageSrc } from '@concord/prosemirror/text';
import { createElement, Fragment, type ReactNode } from 'react';

/** What fills the largest screen: a long document is not drawn twice. */
const MOST_BLOCKS = 120;

interface Block {
  readonly attrs: Attrs;
  readonly spans: TextSpan[];
}

function blocksOf({ origin, spans }: TextView): readonly Block[] {
  const blocks: Block[] = [{ attrs: origin, spans: [] }];
  for (const span of spans) {
    if (span.type !== 'block') blocks.at(-1)?.spans.push(span);
    else if (blocks.length === MOST_BLOCKS) break;
    else blocks.push({ attrs: span.attrs, spans: [] });
  }
  return blocks;
}

// From the innermost to the outermost, as the editor nests them.
const MARKS: readonly (readonly [mark: string, tag: string])[] = [
  ['code', 'code'],
  ['strike', 's'],
  ['underline', 'u'],
  ['italic', 'em'],
  ['bold', 'strong'],
];

const whole = (value: unknown, least: number, most: number, otherwise: number): number =>
  Number.isInteger(value) && Number(value) >= least && Number(value) <= most ? Number(value) : otherwise;

function Span({ span }: { span: TextSpan }): ReactNode {
  if (span.type === 'block') return null;
  const { marks } = span;
  const marked = MARKS.reduce<ReactNode>(
    (inner, [mark, tag]) => (marks[mark] ? createElement(tag, null, inner) : inner),
    span.type === 'text' ? span.text : <Embed attrs={span.attrs} />,
  );
  if (!marks.link) return marked;
  const { href } = marks.link as { readonly href?: unknown };
  const safe = typeof href === 'string' ? safeHref(href) : null;
  // A peer's unusable address leaves the text underlined and leads nowhere.
  if (safe === null) return createElement('a', null, marked);
  return (
    <a href={safe} target="_blank" rel="noopener noreferrer nofollow">
      {marked}
    </a>
  );
}

function Embed({ attrs: { type, src, alt, width } }: { attrs: Attrs }) {
  if (type === 'divider') return <hr />;
  const safe = type === 'image' && typeof src === 'string' ? safeImageSrc(src) : null;
  if (safe === null) return <br />;
  return (
    <img
      src={safe}
      alt={typeof alt === 'string' ? alt : ''}
      decoding="async"
      referrerPolicy="no-referrer"
      style={{ maxInlineSize: `${whole(width, 10, 100, 100)}%` }}
    />
  );
}

const LISTS: Readonly<Record<string, string>> = { bullet: 'ul', ordered: 'ol', task: 'ul' };
const ALIGNS = ['center', 'end'] as const;

function BlockView({ attrs, spans }: Block): ReactNode {
  const { type, language, checked } = attrs;
  const last = spans.at(-1);
  const isOpen =
    last === undefined || last.type === 'embed' || (last.type === 'text' && last.text.endsWith('\n'));
  const label = spans.map((span) => (span.type === 'text' ? span.text : '')).join('');
  const content = (
    <>
      {spans.map((span, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: spans have no names
        <Span key={index} span={span} />
      ))}
      {isOpen ? <br className="ProseMirror-trailingBreak" /> : null}
    </>
  );
  const textAlign = ALIGNS.find((each) => each === attrs.align);
  const style = textAlign && { style: { textAlign } };
  const indent = whole(attrs.indent, 1, 8, 0);
  const indented = indent > 0 && { 'data-indent': indent };
  const list = typeof type === 'string' ? LISTS[type] : undefined;
  if (type === 'heading') return createElement(`h${whole(attrs.level, 1, 6, 1)}`, { ...style }, content);
  if (type === 'quote') return <blockquote>{content}</blockquote>;
  if (type === 'codeBlock')
    return (
      <pre {...indented} data-language={typeof language === 'string' && language ? language : undefined}>
        <code>{content}</code>
      </pre>
    );
  if (list === undefined)
    return (
      <p {...indented} {...style}>
        {content}
      </p>
    );
  if (type !== 'task') return createElement(list, { ...indented, 'data-block': type }, <li>{content}</li>);
  return (
    <ul {...indented} data-block="task" data-checked={checked === true}>
      <li>
        <span className="cc-docs-check">
          <input type="checkbox" checked={checked === true} disabled aria-label={label} />
        </span>
        <div>{content}</div>
      </li>
    </ul>
  );
}

/** The text as its editor will show it: each block the same element in the same place, so that nothing moves when it comes. */
export const StillText = ({ body }: { body: TextView }) => (
  <div className="cc-docs-text">
    {blocksOf(body).map((block, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: drawn to be read, not to be kept
      <Fragment key={index}>{BlockView(block)}</Fragment>
    ))}
  </div>
);
