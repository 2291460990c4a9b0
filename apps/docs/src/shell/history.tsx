import { compare } from '@concord/crdt';
import { blockNodes, schemaCodec } from '@concord/prosemirror';
import { type TracedSpan, tracedSpans } from '@concord/prosemirror/text';
import type { AppHistory, PastProps } from '@concord/shell';
import type { Node } from '@tiptap/pm/model';
import { EditorState } from '@tiptap/pm/state';
import { Decoration, DecorationSet, EditorView } from '@tiptap/pm/view';
import { useEffect, useLayoutEffect, useMemo, useRef } from 'react';
import { editorSchema } from '../editor/schema.ts';
import type { docsSchema } from '../schema.ts';
import { words } from '../view/words.ts';

type Props = PastProps<typeof docsSchema>;

const codec = schemaCodec(editorSchema);

/** What went stands where it was, struck through; a break between blocks that went leaves no mark. */
const shown = (pieces: readonly TracedSpan[]): TracedSpan[] =>
  pieces.filter(({ span, trace }) => trace !== 'removed' || span.type !== 'block');

function pageOf({ session, live, since, version, before, authorOf }: Props): {
  doc: Node;
  marks: DecorationSet;
} {
  const { body } = session.doc.view;
  const pieces = shown(tracedSpans(before.body, body, compare(live.doc, 'body', since, version)));
  const blocks = blockNodes(
    codec,
    pieces.map(({ span }) => span),
    body.origin,
  );
  const doc = editorSchema.topNodeType.create(null, blocks);
  const marks: Decoration[] = [];
  let at = 1;
  let block = 0;
  for (const { span, trace, replica } of pieces) {
    const from = at;
    if (span.type === 'block') {
      block++;
      at += 2;
      const node = doc.maybeChild(block);
      if (trace !== 'kept' && node)
        marks.push(
          Decoration.node(at - 1, at - 1 + node.nodeSize, { class: `cc-past-block cc-past-block--${trace}` }),
        );
      continue;
    }
    at += span.type === 'text' ? span.text.length : 1;
    if (trace === 'kept') continue;
    const author = replica === null ? null : authorOf(replica);
    const nodeName = trace === 'added' ? 'ins' : trace === 'removed' ? 'del' : 'mark';
    marks.push(
      Decoration.inline(from, at, {
        nodeName,
        'data-presence': String(author?.colour ?? 9),
        ...(author && { title: author.name }),
      }),
    );
  }
  return { doc, marks: DecorationSet.create(doc, marks) };
}

/** The text as it was, with what came and went. */
function PastText(props: Props) {
  const { session, live, since, version, before, authorOf } = props;
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView | null>(null);
  const latest = useRef(authorOf);
  latest.current = authorOf;
  const page = useMemo(
    () => pageOf({ session, live, since, version, before, authorOf: latest.current } as Props),
    [session, live, since, version, before],
  );
  const first = useRef(page);
  useEffect(() => {
    if (!host.current) return;
    const made = new EditorView(host.current, {
      state: EditorState.create({ doc: first.current.doc }),
      editable: () => false,
      decorations: () => first.current.marks,
      attributes: {
        role: 'document',
        tabindex: '0',
        'aria-label': words.text,
        class: 'cc-docs-text',
      },
    });
    view.current = made;
    return () => {
      view.current = null;
      made.destroy();
    };
  }, []);
  useLayoutEffect(() => {
    first.current = page;
    view.current?.updateState(EditorState.create({ doc: page.doc }));
  }, [page]);
  return (
    <div className="cc-docs">
      <div className="cc-docs-desk">
        <div className="cc-docs-page">
          <div className="cc-docs-host" ref={host} />
        </div>
      </div>
    </div>
  );
}

const history: AppHistory<typeof docsSchema> = {
  Past: PastText,
  text: 'body',
  traces: () => [],
  areas: () => words.historyAreas,
};

export default history;
