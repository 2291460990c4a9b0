import { readFileSync, writeFileSync } from 'node:fs';
import { type Cell, expectSame, type Figure } from '../lib/cell.ts';
import { cpu, held, median, percentile, repeat } from '../lib/measure.ts';
import type { TextDoc } from '../lib/peer.ts';
import { readChunks, writeChunks } from '../lib/stored.ts';
import type { Patch, Trace } from '../lib/trace.ts';

/** How many updates come at once in `remote-batch`. */
const BATCH = 1000;

function* begun({ startContent }: Trace): Iterable<readonly Patch[]> {
  if (startContent !== '') yield [[0, 0, startContent]];
}

function play(doc: TextDoc, trace: Trace): string {
  for (const patches of begun(trace)) doc.edit(patches);
  for (const { patches } of trace.txns) doc.edit(patches);
  return doc.text();
}

function playWithUpdates(doc: TextDoc, trace: Trace): Uint8Array[] {
  const updates: Uint8Array[] = [];
  for (const patches of begun(trace)) updates.push(doc.editWithUpdate(patches));
  for (const { patches } of trace.txns) updates.push(doc.editWithUpdate(patches));
  return updates;
}

function* warmAndCold(work: string, passes: { cold: number; warm: number }): Iterable<Figure> {
  yield { work: `${work}-cold`, unit: 'ms', value: passes.cold };
  yield { work, unit: 'ms', value: passes.warm };
}

export function* local({ peer, trace }: Cell): Iterable<Figure> {
  let doc: TextDoc | undefined;
  const passes = repeat(
    () => {
      doc?.free?.();
      doc = peer.text.create(0);
      return doc;
    },
    (fresh) => play(fresh, trace),
    (text) => expectSame(text, trace.endContent),
  );
  yield* warmAndCold('local', passes);
}

export function* localUpdates({ peer, trace }: Cell): Iterable<Figure> {
  let doc: TextDoc | undefined;
  const passes = repeat(
    () => {
      doc?.free?.();
      doc = peer.text.create(0);
      return doc;
    },
    (fresh) => playWithUpdates(fresh, trace),
    (updates) => {
      if (updates.some((update) => update.length === 0)) throw new Error('an update is empty');
      expectSame(doc?.text() ?? '', trace.endContent);
    },
  );
  yield* warmAndCold('local-updates', passes);
}

/** Leaves a saved document, a shallow one and the updates for the other cells, and gives their sizes. */
export function* stored({ peer, trace, stored: { path } }: Cell): Iterable<Figure> {
  const { doc, updates } = trace.concurrent
    ? playConcurrently(peer.text.create, trace)
    : playAlone(peer.text.create(0), trace);
  expectSame(doc.text(), trace.endContent);
  const file = doc.save();
  writeFileSync(`${path}.file`, file);
  writeChunks(`${path}.updates`, updates);
  yield { work: 'size', unit: 'B', value: file.length };
  if (doc.saveShallow) {
    const shallow = doc.saveShallow();
    expectSame(peer.text.load(shallow).text(), trace.endContent, 'the shallow document');
    yield { work: 'size-shallow', unit: 'B', value: shallow.length };
  }
  const bytes = updates.reduce((sum, update) => sum + update.length, 0);
  yield { work: 'update-bytes', unit: 'B', value: bytes / updates.length };
  if (doc.bare) {
    const bare = updates.reduce((sum, update) => sum + (doc.bare?.(update).length ?? 0), 0);
    yield { work: 'update-bytes-interned', unit: 'B', value: bare / updates.length };
  }
}

function playAlone(doc: TextDoc, trace: Trace): { doc: TextDoc; updates: Uint8Array[] } {
  return { doc, updates: playWithUpdates(doc, trace) };
}

/**
 * Every author at a replica of their own, hearing of others exactly what the trace says they knew. Gives the first
 * author's document with everything in it, and all updates in the trace's order.
 */
function playConcurrently(
  create: (author: number) => TextDoc,
  trace: Trace,
): { doc: TextDoc; updates: Uint8Array[] } {
  const authors = Array.from({ length: trace.agents }, (_, i) => ({
    doc: create(i),
    own: [] as number[],
    seen: new Array<number>(trace.agents).fill(0),
  }));
  const updates: Uint8Array[] = [];
  // Of each author so many transactions were known to transaction i, itself included.
  const versions: number[][] = [];
  const learn = (who: number, version: readonly number[]): void => {
    const me = authors[who] as (typeof authors)[number];
    // In the order of the trace, which is causal.
    const missing: number[] = [];
    authors.forEach(({ own }, other) => {
      if (other === who) return;
      const from = me.seen[other] as number;
      missing.push(...own.slice(from, version[other]));
      me.seen[other] = Math.max(from, version[other] as number);
    });
    for (const i of missing.sort((a, b) => a - b)) me.doc.apply(updates[i] as Uint8Array);
  };
  trace.txns.forEach(({ patches, parents = [], agent = 0 }, i) => {
    const known = authors.map((_, a) => Math.max(0, ...parents.map((p) => versions[p]?.[a] ?? 0)));
    learn(agent, known);
    const me = authors[agent] as (typeof authors)[number];
    updates.push(me.doc.editWithUpdate(patches));
    me.own.push(i);
    versions.push(known.with(agent, me.own.length));
  });
  learn(
    0,
    authors.map(({ own }) => own.length),
  );
  return { doc: (authors[0] as (typeof authors)[number]).doc, updates };
}

/** Each update by itself, into a fresh replica. */
export const remote = (cell: Cell): Iterable<Figure> => replayed(cell, 'remote');

export const concurrent = (cell: Cell): Iterable<Figure> => replayed(cell, 'concurrent');

function* replayed({ peer, trace, stored: { path } }: Cell, work: string): Iterable<Figure> {
  const updates = readChunks(`${path}.updates`);
  let doc: TextDoc | undefined;
  const passes = repeat(
    () => {
      doc?.free?.();
      doc = peer.text.create(50);
      return doc;
    },
    (fresh) => {
      for (const update of updates) fresh.apply(update);
      return fresh.text();
    },
    (text) => expectSame(text, trace.endContent),
  );
  yield* warmAndCold(work, passes);
}

export function* remoteBatch({ peer, trace, stored: { path } }: Cell): Iterable<Figure> {
  const updates = readChunks(`${path}.updates`);
  const batches: Uint8Array[][] = [];
  for (let i = 0; i < updates.length; i += BATCH) batches.push(updates.slice(i, i + BATCH));
  let doc: TextDoc | undefined;
  const passes = repeat(
    () => {
      doc?.free?.();
      doc = peer.text.create(50);
      return doc;
    },
    (fresh) => {
      for (const batch of batches) fresh.applyAll(batch);
      return fresh.text();
    },
    (text) => expectSame(text, trace.endContent),
  );
  yield* warmAndCold('remote-batch', passes);
}

export function* load({ peer, trace, stored: { path } }: Cell): Iterable<Figure> {
  const file = new Uint8Array(readFileSync(`${path}.file`));
  let doc: TextDoc | undefined;
  const passes = repeat(
    () => doc?.free?.(),
    () => {
      doc = peer.text.load(file);
      return doc.text();
    },
    (text) => expectSame(text, trace.endContent),
  );
  yield { work: 'load-cold', unit: 'ms', value: passes.cold };
  yield { work: 'load-warm', unit: 'ms', value: passes.warm };
}

/** Until the first edit, in the middle, is made and its update is there. */
export function* loadEditable({ peer, trace, stored: { path } }: Cell): Iterable<Figure> {
  const file = new Uint8Array(readFileSync(`${path}.file`));
  const middle = trace.endContent.length >> 1;
  const due = `${trace.endContent.slice(0, middle)}x${trace.endContent.slice(middle)}`;
  let doc: TextDoc | undefined;
  const passes = repeat(
    () => doc?.free?.(),
    () => {
      doc = peer.text.load(file);
      doc.text();
      return doc.editWithUpdate([[middle, 0, 'x']]);
    },
    (update) => {
      if (update.length === 0) throw new Error('the update is empty');
      expectSame(doc?.text() ?? '', due);
    },
  );
  yield { work: 'load-editable-cold', unit: 'ms', value: passes.cold };
  yield { work: 'load-editable', unit: 'ms', value: passes.warm };
}

/** The mean of several documents that are loaded and were read once; what only one of them needs, code for example, is not counted. */
export function* heap({ peer, trace, stored: { path } }: Cell): Iterable<Figure> {
  const COPIES = 8;
  const docs: TextDoc[] = [];
  const loadOne = (): void => {
    const doc = peer.text.load(new Uint8Array(readFileSync(`${path}.file`)));
    expectSame(doc.text(), trace.endContent);
    docs.push(doc);
  };
  loadOne();
  const before = held();
  for (let i = 0; i < COPIES; i++) loadOne();
  const after = held();
  for (const doc of docs) expectSame(doc.text(), trace.endContent);
  yield { work: 'heap', unit: 'MB', value: (after - before) / COPIES / 1e6 };
}

/** Wall time of each edit with its update, in a warm process. */
export function* latency({ peer, trace }: Cell): Iterable<Figure> {
  const times = new Float64Array(trace.txns.length);
  const pass = (): void => {
    const doc = peer.text.create(0);
    for (const patches of begun(trace)) doc.edit(patches);
    trace.txns.forEach(({ patches }, i) => {
      const before = performance.now();
      doc.editWithUpdate(patches);
      times[i] = performance.now() - before;
    });
    expectSame(doc.text(), trace.endContent);
    doc.free?.();
  };
  let spent = cpu(pass);
  for (let i = 0; i < 3 && spent < 5000; i++) spent += cpu(pass);
  times.sort();
  yield { work: 'latency-p50', unit: 'µs', value: percentile(times, 0.5) * 1000 };
  yield { work: 'latency-p99', unit: 'µs', value: percentile(times, 0.99) * 1000 };
  yield { work: 'latency-max', unit: 'µs', value: percentile(times, 1) * 1000 };
}

/** The trace a hundred times into one document, each time before what is there. */
export function* x100({ peer, trace }: Cell): Iterable<Figure> {
  const TIMES = 100;
  const doc = peer.text.create(0);
  const due = trace.endContent.repeat(TIMES);
  const took = cpu(() => {
    for (let i = 0; i < TIMES; i++) {
      for (const patches of begun(trace)) doc.edit(patches);
      for (const { patches } of trace.txns) doc.edit(patches);
    }
  });
  expectSame(doc.text(), due);
  yield { work: 'x100', unit: 'ms', value: took };
  const file = doc.save();
  doc.free?.();
  yield { work: 'x100-size', unit: 'B', value: file.length };
  const loads = Array.from({ length: 5 }, () => {
    let text = '';
    const loading = cpu(() => {
      text = peer.text.load(file).text();
    });
    expectSame(text, due);
    return loading;
  });
  yield { work: 'x100-load', unit: 'ms', value: median(loads) };
}
