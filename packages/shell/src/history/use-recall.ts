import { type Doc, recall, type SchemaNode, type VersionVector } from '@concord/crdt';
import { useEffect, useRef } from 'react';
import { useShell } from '../shell.tsx';
import type { TitledSchema } from '../titled.ts';
import type { Moments } from './moments.ts';

/** How many moments before the one that is shown are ready to be shown. */
const AHEAD = 8;
/** When so few of them are left, those before them follow. */
const FEW = 3;
/** In how many bits the way to them is gone, at most: each replays one part of the history. */
const BITS = 12;
/** How long one turn may keep the page from answering, in milliseconds. */
const SLICE = 8;

/** What is asked for next when one stands at the moment `index` and goes back: the way there, then the moments. */
export function wayBack(index: number): number[] {
  const from = Math.max(0, index - AHEAD - 1);
  // From near by it is the same way: what was begun for one moment serves for the next.
  const bit = 2 ** Math.ceil(Math.log2(Math.max(1, from / BITS)));
  const way = Array.from({ length: Math.ceil(from / bit) }, (_, i) => i * bit);
  return [...way, ...Array.from({ length: index - from }, (_, i) => from + i)];
}

/** Does something of `recall` whenever the page has nothing else to do. Gives the end of it. */
function recallIdly<S extends SchemaNode>(
  doc: Doc<S>,
  versions: readonly VersionVector[],
  done: () => void,
): () => void {
  const steps = recall(doc, versions);
  let stop = () => {};
  const run = (): void => {
    const until = performance.now() + SLICE;
    while (performance.now() < until)
      if (steps.next().done) {
        done();
        return;
      }
    rest();
  };
  const rest = (): void => {
    if (typeof requestIdleCallback === 'function') {
      const handle = requestIdleCallback(run);
      stop = () => cancelIdleCallback(handle);
    } else {
      const handle = setTimeout(run, SLICE);
      stop = () => clearTimeout(handle);
    }
  };
  rest();
  return () => stop();
}

/**
 * Makes ready what stands before the shown moment, while the reader reads: a step back replays a text from its
 * beginning, which at 100,000 changes is longer than a step may take. A step forward needs nothing.
 */
export function useRecall(
  moments: Moments<TitledSchema>,
  count: number,
  complete: boolean,
  at: number | null,
): void {
  const { doc } = useShell().session;
  // The first and the last of the moments that are ready.
  const ready = useRef<readonly [number, number] | null>(null);
  const here = at ?? count;
  useEffect(() => {
    if (!complete || here === 0 || !doc.hasHistory()) return;
    const [from, to] = ready.current ?? [here, 0];
    if (from <= Math.max(0, here - FEW) && here <= to) return;
    const versions = wayBack(here).map((index) => moments.version(index));
    return recallIdly(doc, versions, () => {
      ready.current = [Math.max(0, here - AHEAD - 1), here];
    });
  }, [doc, moments, complete, here]);
}
