const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1] as const;

/** Counts for `/metrics`, in Prometheus' text format. */
export class Metrics {
  readonly #counters = new Map<string, number>();
  readonly #gauges = new Map<string, () => number>();
  readonly #buckets = new Array<number>(BUCKETS.length + 1).fill(0);
  #commitSeconds = 0;
  #lastCommitFailed = false;

  /** Adds to a counter. Labels stand in the name: `closed_total{code="4400"}`. */
  count(name: string, by = 1): void {
    this.#counters.set(name, (this.#counters.get(name) ?? 0) + by);
  }

  /** A value that is read when asked for. */
  gauge(name: string, read: () => number): void {
    this.#gauges.set(name, read);
  }

  commit(seconds: number, failed: boolean): void {
    this.#lastCommitFailed = failed;
    if (failed) {
      this.count('concord_commit_failures_total');
      return;
    }
    const bucket = BUCKETS.findIndex((limit) => seconds <= limit);
    const index = bucket < 0 ? BUCKETS.length : bucket;
    this.#buckets[index] = (this.#buckets[index] ?? 0) + 1;
    this.#commitSeconds += seconds;
  }

  /** False while the disk takes nothing: edits are then not safe here. */
  get healthy(): boolean {
    return !this.#lastCommitFailed;
  }

  text(): string {
    const lines: string[] = [];
    for (const [name, value] of this.#counters) lines.push(`${name} ${value}`);
    for (const [name, read] of this.#gauges) lines.push(`${name} ${read()}`);
    let total = 0;
    this.#buckets.forEach((count, i) => {
      total += count;
      lines.push(`concord_commit_seconds_bucket{le="${BUCKETS[i] ?? '+Inf'}"} ${total}`);
    });
    lines.push(`concord_commit_seconds_sum ${this.#commitSeconds}`, `concord_commit_seconds_count ${total}`);
    return `${lines.join('\n')}\n`;
  }
}
