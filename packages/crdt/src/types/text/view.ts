import type { Block } from '../../sequence/index.ts';
import type { TextSpan, TextView } from './op.ts';
import type { Content, TextState } from './state.ts';

/** Appends the visible elements [from, to) of a block; text with the marks of the last span joins it. */
export function pushSpan(spans: TextSpan[], content: Content, from: number, to: number): void {
  const { marks } = content.cover;
  if (content.type === 'text') {
    const text = from === 0 && to === content.text.length ? content.text : content.text.slice(from, to);
    const last = spans[spans.length - 1];
    // Equal marks of one text are the same object.
    if (last?.type === 'text' && last.marks === marks) {
      spans[spans.length - 1] = { type: 'text', text: last.text + text, marks };
    } else spans.push({ type: 'text', text, marks });
  } else {
    const { id, type, registers } = content;
    spans.push(
      type === 'block' ? { type, id, attrs: registers.attrs } : { type, id, attrs: registers.attrs, marks },
    );
  }
}

/** The spans of the visible elements [start, end). */
export function spansOf(state: TextState, start: number, end: number): TextSpan[] {
  const spans: TextSpan[] = [];
  eachVisible(state, start, end, (block, from, to) => pushSpan(spans, block.content, from, to));
  return spans;
}

/** Calls `visit` with the pieces of blocks that hold the visible elements [start, end), in order. */
export function eachVisible(
  state: TextState,
  start: number,
  end: number,
  visit: (block: Block<Content>, from: number, to: number) => void,
): void {
  if (start >= end) return;
  const at = state.elements.at(start);
  let from = at.offset;
  let rest = end - start;
  for (let block: Block<Content> | null = at.block; block !== null && rest > 0; block = block.next) {
    if (block.visible === 0) continue;
    const to = Math.min(block.length, from + rest);
    visit(block, from, to);
    rest -= to - from;
    from = 0;
  }
}

/** The immutable view; the same object until the state changes. */
export function viewOf(state: TextState): TextView {
  if (state.view === null) {
    const spans = spansOf(state, 0, state.elements.length);
    let text = '';
    for (const span of spans)
      text += span.type === 'text' ? span.text : span.type === 'block' ? '\n' : '\uFFFC';
    state.view = { length: state.elements.length, spans, origin: state.origin.attrs, text };
  }
  return state.view;
}
