import { compare, type TextSpan } from '@concord/crdt';
import { type TracedSpan, tracedSpans } from '@concord/prosemirror/text';
import { type AppHistory, type PastProps, type Thing, tracesOf, useTrace } from '@concord/shell';
import { type CSSProperties, type ReactNode, useMemo } from 'react';
import { nameOf } from '../names.ts';
import { pageOf } from '../page.ts';
import { type Row, rowsOf } from '../rows.ts';
import type { BlocksSchema, BlocksView } from '../schema.ts';
import { Sign } from '../view/sign.tsx';
import { StillText } from '../view/still-text.tsx';
import { words } from '../words.ts';

type Props = PastProps<BlocksSchema>;

/** Blocks as they stand. Their words show for themselves. */
function thingsOf(view: BlocksView): Thing[] {
  return rowsOf(pageOf(view).blocks).map(({ block, parent }): Thing => {
    const { id, type, attrs } = block;
    return { key: id, name: nameOf(block), group: parent, look: [type, attrs.checked === true] };
  });
}

/** The page as it was, the words that went since standing where they were. */
function PastPage({ session, live, since, version, before, authorOf }: Props) {
  const { rows, traces } = useMemo(() => {
    const { view } = session.doc;
    const pieces = tracedSpans(before.stream, view.stream, compare(live.doc, 'stream', since, version));
    const shown = pieces.filter(({ span, trace }) => trace !== 'removed' || span.type !== 'block');
    const bySpan = new Map<TextSpan, TracedSpan>(shown.map((piece) => [piece.span, piece]));
    const stream = { ...view.stream, origin: view.stream.origin, spans: shown.map(({ span }) => span) };
    return { rows: rowsOf(pageOf({ ...view, stream }).blocks), traces: bySpan };
  }, [session, live, since, version, before]);

  const wrap = (text: ReactNode, span: TextSpan): ReactNode => {
    const { trace, replica } = traces.get(span) ?? { trace: 'kept', replica: null };
    const author = replica === null ? null : authorOf(replica);
    const marks = { 'data-presence': author?.colour ?? 9, ...(author && { title: author.name }) };
    if (trace === 'added') return <ins {...marks}>{text}</ins>;
    if (trace === 'removed') return <del>{text}</del>;
    return trace === 'changed' ? <mark {...marks}>{text}</mark> : text;
  };
  return (
    <div className="cc-blocks">
      <div className="cc-blocks-sheet">
        <div className="cc-blocks-list">
          <ul aria-label={words.blocks}>
            {rows.map((row) => (
              <PastRow key={row.block.id} row={row} wrap={wrap} />
            ))}
          </ul>
        </div>
      </div>
    </div>
  );
}

function PastRow({ row, wrap }: { row: Row; wrap: (text: ReactNode, span: TextSpan) => ReactNode }) {
  const { block, depth } = row;
  const { id, type, attrs, spans } = block;
  const trace = useTrace(id);
  return (
    <li
      className="cc-blocks-row"
      data-block={id}
      data-type={type}
      data-checked={type === 'todo' && attrs.checked === true ? '' : undefined}
      style={{ '--cc-depth': depth } as CSSProperties}
    >
      <div className="cc-blocks-handles" />
      <Sign block={block} depth={depth} number={row.number} />
      <div className="cc-blocks-body" {...trace}>
        {type === 'divider' ? <hr /> : null}
        {type === 'divider' && spans.length === 0 ? null : (
          <div className="cc-blocks-editor">
            <StillText spans={spans} wrap={wrap} />
          </div>
        )}
      </div>
    </li>
  );
}

const history: AppHistory<BlocksSchema> = {
  Past: PastPage,
  text: 'stream',
  traces: (before, after) => tracesOf(thingsOf(before), thingsOf(after)),
  areas: () => words.historyAreas,
};

export default history;
