import type { TextSpan, TextView } from './op.ts';
import { settle } from './settle.ts';
import { spansOf } from './spans.ts';
import type { TextState } from './state.ts';

/**
 * The immutable view; the same object until the state changes. Text is joined when it is read: a view that nobody read
 * before the next change keeps the pieces of the rope, which are strings already where nothing was edited.
 */
export function viewOf(state: TextState): TextView {
  state.held ??= hold(state);
  return state.held.view;
}

function hold(state: TextState) {
  const { rope } = state;
  let pieces: string[] | null = null;
  let text: string | null = null;
  let spans: readonly TextSpan[] | null = null;
  if (state.rich) {
    settle(state);
    spans = spansOf(state, 0, rope.length);
  }
  const origin = state.origin.attrs;
  const { marks } = state.covers.none;
  const read = (): string => {
    text ??= pieces === null ? rope.toString() : pieces.join('');
    return text;
  };
  const view: TextView = {
    length: rope.length,
    get spans() {
      spans ??= this.length === 0 ? [] : [{ type: 'text', text: read(), marks }];
      return spans;
    },
    origin,
    get text() {
      return read();
    },
  };
  return {
    view,
    hold(): void {
      if (text === null) pieces = rope.strings();
    },
  };
}
