import type { Cover } from './cover.ts';
import type { TextSpan } from './op.ts';
import type { TextState } from './state.ts';

/** A span of visible elements of one run; `text` is what its characters read. */
export function spanOf(state: TextState, run: number, text: string): TextSpan {
  const element = state.rich ? state.elements.get(run) : undefined;
  const { marks } = state.coverOf(run);
  if (element === undefined) return { type: 'text', text, marks };
  const { id, type, registers } = element;
  return type === 'block'
    ? { type, id, attrs: registers.attrs }
    : { type, id, attrs: registers.attrs, marks };
}

/** Appends a span; text with the marks of the last one joins it. */
export function pushSpan(spans: TextSpan[], span: TextSpan): void {
  const last = spans[spans.length - 1];
  // Equal marks of one text are the same object.
  if (span.type === 'text' && last?.type === 'text' && last.marks === span.marks) {
    spans[spans.length - 1] = { type: 'text', text: last.text + span.text, marks: span.marks };
  } else spans.push(span);
}

/** The spans of the visible elements [start, end) of a settled state. */
export function spansOf(state: TextState, start: number, end: number): TextSpan[] {
  if (start >= end) return [];
  const text = state.rope.slice(start, end);
  if (!state.rich) return [{ type: 'text', text, marks: state.covers.none.marks }];
  const spans: TextSpan[] = [];
  const { table, list } = state.runs;
  const length = end - start;
  let run = list.seek(start);
  let offset = list.offset;
  // Text of [from, at) waits for what comes next.
  let from = 0;
  let cover = -1;
  for (let at = 0; at < length; run = table.next[run] as number) {
    const count = Math.min(table.visible(run) - offset, length - at);
    offset = 0;
    if (count <= 0) continue;
    const element = state.elements.has(run);
    const next = element ? -1 : (table.cover[run] as number);
    if (next !== cover || element) {
      if (cover >= 0 && at > from) pushText(state, spans, text.slice(from, at), cover);
      if (element) spans.push(spanOf(state, run, ''));
      from = element ? at + 1 : at;
      cover = next;
    }
    at += count;
  }
  if (cover >= 0 && length > from) pushText(state, spans, text.slice(from), cover);
  return spans;
}

function pushText(state: TextState, spans: TextSpan[], text: string, cover: number): void {
  const { marks } = state.covers.all[cover] as Cover;
  pushSpan(spans, { type: 'text', text, marks });
}
