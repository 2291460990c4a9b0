import type { Attrs, TextMut, TextSpan } from '@concord/crdt';
import { Fragment, type Mark, type Node } from '@tiptap/pm/model';
import type { TextCodec } from './codec.ts';
import type { TextRange } from './source.ts';

/** A text or embed span as an inline node. */
function inlineNode(codec: TextCodec, span: Exclude<TextSpan, { type: 'block' }>): Node {
  const marks = codec.marks(span.marks);
  return span.type === 'text' ? codec.schema.text(span.text, marks) : codec.embed(span.attrs, marks);
}

function blockNode(codec: TextCodec, attrs: Attrs, content: Fragment | readonly Node[] = []): Node {
  const { type, attrs: nodeAttrs } = codec.block(attrs);
  return type.create(nodeAttrs, content instanceof Fragment ? content : Fragment.fromArray([...content]));
}

/** The blocks of a row of spans; `first` holds the attributes of the block that they start in. */
export function blockNodes(codec: TextCodec, spans: readonly TextSpan[], first: Attrs): Node[] {
  const blocks: Node[] = [];
  let attrs = first;
  let content: Node[] = [];
  for (const span of spans) {
    if (span.type === 'block') {
      blocks.push(blockNode(codec, attrs, content));
      attrs = span.attrs;
      content = [];
    } else {
      content.push(inlineNode(codec, span));
    }
  }
  blocks.push(blockNode(codec, attrs, content));
  return blocks;
}

/** The editor document of a range, from scratch. A range whose marker is deleted is one empty block. */
export function renderDoc(codec: TextCodec, text: TextMut, range: TextRange): Node {
  const start = range.start(text);
  const blocks =
    start === null
      ? [blockNode(codec, {})]
      : blockNodes(codec, text.spans(start, range.end(text)), text.attrs(range.marker));
  return codec.schema.topNodeType.create(null, blocks);
}

/** The marks of a node under the keys of the text. */
export function markRecord(codec: TextCodec, marks: readonly Mark[]): Attrs {
  return Object.fromEntries(marks.map((mark) => [mark.type.name, codec.markValue(mark)]));
}
