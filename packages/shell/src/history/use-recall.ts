import { recall } from '@concord/crdt';
import { useCallback, useEffect, useRef } from 'react';
import { useShell } from '../shell.tsx';
import type { TitledSchema } from '../titled.ts';
import type { Look } from './history.ts';
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
  return [...wayTo(from), ...Array.from({ length: index - from }, (_, i) => from + i)];
}

/** The moments at which one rests on the way to the moment `from`. */
function wayTo(from: number): number[] {
  // From near by it is the same way: what was begun for one moment serves for the next.
  const bit = 2 ** Math.ceil(Math.log2(Math.max(1, from / BITS)));
  return Array.from({ length: Math.ceil(from / bit) }, (_, i) => i * bit);
}

/** Runs `run` when there is time; gives the way to call it off. */
type Rest = (run: () => void) => () => void;

/** Whenever the page has nothing else to do. */
const idly: Rest = (run) => {
  if (typeof requestIdleCallback !== 'function') return soon(run);
  const handle = requestIdleCallback(run);
  return () => cancelIdleCallback(handle);
};

/** As soon as what the reader did meanwhile is answered. */
const soon: Rest = (run) => {
  const handle = setTimeout(run);
  return () => clearTimeout(handle);
};

/** Takes `steps`, the first of them now, and rests whenever that took a slice; then calls `done`. Gives the end of it. */
export function inTurns(steps: Iterator<void>, rest: Rest, done: () => void, slice = SLICE): () => void {
  let stop = () => {};
  const run = (): void => {
    const until = performance.now() + slice;
    do {
      if (steps.next().done) {
        done();
        return;
      }
    } while (performance.now() < until);
    stop = rest(run);
  };
  run();
  return () => stop();
}

/**
 * Gives the way to look at a version far back: what it is made of is replayed in turns, so that the page answers
 * meanwhile, and whoever moves on does not wait for it. `index`: the moment that it is, or that follows it.
 */
export function useJump(moments: Moments<TitledSchema>): {
  readonly jump: (look: Look, index: number, then: () => void) => void;
  readonly stay: () => void;
} {
  const { doc } = useShell().session;
  const stop = useRef(() => {});
  useEffect(() => () => stop.current(), []);
  const stay = useCallback(() => stop.current(), []);
  return {
    stay,
    jump: ({ since, version }, index, then) => {
      stop.current();
      const way = wayTo(Math.max(0, index - 1)).map((each) => moments.version(each));
      stop.current = inTurns(recall(doc, [since, version], way), soon, then);
    },
  };
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
    const steps = recall(doc, versions);
    const done = (): void => {
      ready.current = [Math.max(0, here - AHEAD - 1), here];
    };
    let stop = idly(() => {
      stop = inTurns(steps, idly, done);
    });
    return () => stop();
  }, [doc, moments, complete, here]);
}
