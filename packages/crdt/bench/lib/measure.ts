/** Microseconds of CPU that the main thread has had so far. */
function threadTime(): number {
  // Linux brings the account of the running thread up to date only when all of the process is asked for.
  process.cpuUsage();
  const { user, system } = process.threadCpuUsage();
  return user + system;
}

/** Milliseconds of CPU that `work` takes on the main thread. */
export function cpu(work: () => void): number {
  const before = threadTime();
  work();
  return (threadTime() - before) / 1000;
}

function collectGarbage(): void {
  globalThis.gc?.();
}

interface WasmMemory {
  readonly buffer: ArrayBufferLike;
}

interface WasmInstance {
  readonly exports: Readonly<Record<string, unknown>>;
}

/** The part of the global `WebAssembly` that is used here; its types come with a browser's only. */
interface Wasm {
  Instance: new (...args: readonly unknown[]) => WasmInstance;
  readonly Memory: new (...args: readonly unknown[]) => WasmMemory;
}

const memories = new Set<WasmMemory>();

/** Notes the memory of every wasm module that is instantiated from now on: `process.memoryUsage` does not count it. */
export function watchWasm(): void {
  const wasm = (globalThis as unknown as { readonly WebAssembly: Wasm }).WebAssembly;
  wasm.Instance = class extends wasm.Instance {
    constructor(...args: readonly unknown[]) {
      super(...args);
      for (const value of Object.values(this.exports)) if (value instanceof wasm.Memory) memories.add(value);
    }
  };
}

/** Bytes that are held after a full collection: heap, buffers outside of it, and wasm pages. */
export function held(): number {
  collectGarbage();
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  let wasm = 0;
  for (const { buffer } of memories) wasm += buffer.byteLength;
  return heapUsed + external + wasm;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  if (sorted.length % 2 === 1) return sorted[middle] ?? Number.NaN;
  return ((sorted[middle - 1] ?? Number.NaN) + (sorted[middle] ?? Number.NaN)) / 2;
}

/** The value that the share `p` of `sorted` does not exceed. */
export function percentile(sorted: ArrayLike<number>, p: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * p))] ?? Number.NaN;
}

export interface Passes {
  /** The first pass of the process. */
  readonly cold: number;
  /** The median of the passes after warming up, or the first one where that alone used up the time. */
  readonly warm: number;
  readonly passes: number;
}

/**
 * Runs a work again and again: `prepare` gives what one pass needs, `pass` is measured and gives back what `check`
 * looks at. Goes on until `budget` milliseconds of measuring, at least 3 and at most 50 warm passes.
 */
export function repeat<T, R>(
  prepare: () => T,
  pass: (ready: T) => R,
  check: (result: R) => void,
  budget = 700,
): Passes {
  const measure = (): number => {
    const ready = prepare();
    collectGarbage();
    let result: R | undefined;
    const took = cpu(() => {
      result = pass(ready);
    });
    check(result as R);
    return took;
  };
  const cold = measure();
  if (cold > 12_000) return { cold, warm: cold, passes: 0 };
  let spent = cold;
  // Compilers need some passes, more of them the shorter they are.
  for (let i = 0; i < 20 && spent < budget; i++) spent += measure();
  const warm: number[] = [];
  for (spent = 0; warm.length < 50 && (spent < budget || warm.length < 3); ) {
    const took = measure();
    warm.push(took);
    spent += took;
    if (took > 4000) break;
  }
  return { cold, warm: median(warm), passes: warm.length };
}
