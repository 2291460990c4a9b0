import type { Marks, TextSpan } from '@concord/crdt';
import { createElement, Fragment, type ReactNode } from 'react';

const TAGS: Readonly<Record<string, string>> = {
  bold: 'strong',
  italic: 'em',
  underline: 'u',
  strike: 's',
  code: 'code',
  link: 'a',
};

const marked = (text: ReactNode, marks: Marks): ReactNode =>
  Object.keys(marks).reduce((inner, mark) => {
    const tag = TAGS[mark];
    return tag ? createElement(tag, null, inner) : inner;
  }, text);

const plain = (text: ReactNode): ReactNode => text;

type StillTextProps = {
  spans: readonly TextSpan[];
  /** Puts something around a piece of it. */
  wrap?: (text: ReactNode, span: TextSpan) => ReactNode;
};

/** A block's text as its editor would show it, for the many blocks that are far from the screen. */
export function StillText({ spans, wrap }: StillTextProps) {
  const last = spans.at(-1);
  const open = last === undefined || (last.type === 'text' && last.text.endsWith('\n'));
  return (
    <div className="cc-blocks-line">
      {spans.map((span, index) =>
        span.type === 'text' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: spans have no names
          <Fragment key={index}>{(wrap ?? plain)(marked(span.text, span.marks), span)}</Fragment>
        ) : null,
      )}
      {open ? <br /> : null}
    </div>
  );
}
