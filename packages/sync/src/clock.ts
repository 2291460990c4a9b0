/** Time and timers, so that tests can own them. */
export interface Clock {
  /** Milliseconds since 1970, as far as this device knows: a user or the network may set it at any moment. */
  now(): number;
  /** Runs once after `ms`; returns the way to call it off. */
  after(ms: number, run: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Date.now(),
  after: (ms, run) => {
    const timer = setTimeout(run, ms);
    return () => clearTimeout(timer);
  },
};

/** Milliseconds that never go back. A clock that is set back seems to stand still for that moment. */
export function forwardOnly(now: () => number): () => number {
  let last = Number.NEGATIVE_INFINITY;
  let lead = 0;
  return () => {
    const time = now();
    if (time < last) lead += last - time;
    last = time;
    return time + lead;
  };
}
