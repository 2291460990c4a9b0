import type { Compared, ReplicaId, TextSpan, TextView } from '@concord/crdt';

/** A piece of a text as two versions have it. */
export interface TracedSpan {
  readonly span: TextSpan;
  /** `changed`: the same words, formatted in another way; the same block, of another kind. */
  readonly trace: 'kept' | 'added' | 'removed' | 'changed';
  /** Who wrote what was added; null of all else. */
  readonly replica: ReplicaId | null;
}

/** Reads spans piece by piece. */
class SpanReader {
  readonly #spans: readonly TextSpan[];
  #at = 0;
  #done = 0;

  constructor(spans: readonly TextSpan[]) {
    this.#spans = spans;
  }

  /** How much is left of the span that it is in. */
  get rest(): number {
    const span = this.#spans[this.#at];
    return span === undefined ? 0 : span.type === 'text' ? span.text.length - this.#done : 1;
  }

  take(count: number): TextSpan {
    const span = this.#spans[this.#at] as TextSpan;
    const from = this.#done;
    if (count === this.rest) {
      this.#at++;
      this.#done = 0;
    } else this.#done += count;
    return span.type === 'text' ? { ...span, text: span.text.slice(from, from + count) } : span;
  }
}

const looks = (span: TextSpan): string =>
  JSON.stringify(
    span.type === 'text' ? span.marks : span.type === 'block' ? span.attrs : [span.attrs, span.marks],
  );

/** A text with what came and what went since `before`, from `Doc.compare` of the two versions. */
export function tracedSpans(before: TextView, after: TextView, steps: readonly Compared[]): TracedSpan[] {
  const [old, now] = [new SpanReader(before.spans), new SpanReader(after.spans)];
  const pieces: TracedSpan[] = [];
  for (const { kind, count, replica } of steps) {
    for (let rest = count; rest > 0; ) {
      const length = Math.min(rest, kind === 'added' ? rest : old.rest, kind === 'removed' ? rest : now.rest);
      // Two versions that do not belong to these steps.
      if (length === 0) throw new RangeError('a comparison of other versions');
      rest -= length;
      if (kind === 'removed') pieces.push({ span: old.take(length), trace: 'removed', replica: null });
      else if (kind === 'added') pieces.push({ span: now.take(length), trace: 'added', replica });
      else {
        const was = old.take(length);
        const span = now.take(length);
        pieces.push({ span, trace: looks(was) === looks(span) ? 'kept' : 'changed', replica: null });
      }
    }
  }
  return pieces;
}
