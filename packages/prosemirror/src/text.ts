/* What knows the text alone and no editor: a page needs it before its editor has come. */
export { followCopy } from './carried.ts';
export { MAX_DATA_URL, safeHref, safeImageSrc, typedHref } from './safe-url.ts';
export { type Indices, indicesOf, quoteOf, type Stretch, stretchOf } from './stretch.ts';
export { type TracedSpan, tracedSpans } from './traced-spans.ts';
