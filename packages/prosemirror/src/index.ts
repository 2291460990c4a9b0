export { type BindOptions, bindText, isFromText } from './bind-text.ts';
export { caretOnly } from './caret-only.ts';
export { chosenIndices, revealIndices } from './chosen.ts';
export { schemaCodec, type TextCodec } from './codec.ts';
export { readPage } from './page.ts';
export { type CaretPeer, type RemoteCaretOptions, remoteCarets } from './remote-carets.ts';
export { blockNodes, renderDoc } from './render.ts';
export { type AnchoredSelection, readSelection } from './selection.ts';
export {
  blockRange,
  type TextEvent,
  type TextRange,
  type TextSource,
  textSource,
  wholeText,
} from './source.ts';
export { commentAt, type TextComments, textComments } from './text-comments.ts';
