export { type BindOptions, bindText, isFromText } from './bind-text.ts';
export { caretOnly } from './caret-only.ts';
export { followCopy } from './carried.ts';
export { chosenIndices, revealIndices } from './chosen.ts';
export { schemaCodec, type TextCodec } from './codec.ts';
export { readPage } from './page.ts';
export { type CaretPeer, type RemoteCaretOptions, remoteCarets } from './remote-carets.ts';
export { blockNodes, renderDoc } from './render.ts';
export { MAX_DATA_URL, safeHref, safeImageSrc, typedHref } from './safe-url.ts';
export { type AnchoredSelection, readSelection } from './selection.ts';
export {
  blockRange,
  type TextEvent,
  type TextRange,
  type TextSource,
  textSource,
  wholeText,
} from './source.ts';
export { type Indices, indicesOf, quoteOf, type Stretch, stretchOf } from './stretch.ts';
export { commentAt, type TextComments, textComments } from './text-comments.ts';
export { type TracedSpan, tracedSpans } from './traced-spans.ts';
