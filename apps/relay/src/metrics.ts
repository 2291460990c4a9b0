/** What each metric means. The first group answers "is anyone losing data?", the second "is anyone slow?". */
const HELP = {
  concord_commit_failures_total: 'Writes of the log that failed. What was in them was not acknowledged.',
  concord_commit_waiting: 'Batches accepted and not on disk yet.',
  concord_quarantined_total: 'Stored parts that were damaged and are set aside.',
  concord_rejected_total: 'Batches that were not taken, by reason.',
  concord_gaps_total: 'Batches that left a gap and were asked for again.',
  concord_duplicates_total: 'Changes that came again.',
  concord_snapshots_refused_total: 'Snapshots that came too late or held the wrong things.',
  concord_snapshots_missed_total:
    'Snapshots asked for that never came: the client went, or its history is too long for one.',
  concord_attest_mismatches_total: 'Sessions with the same changes and another state: a bug in a client.',
  concord_commit_seconds: 'How long the log takes to write a batch to disk.',
  concord_catch_up_seconds: 'From JOIN to caught up.',
  concord_event_loop_seconds: 'How late the process is for what it has to do: p99 of the last 10 s.',
  concord_presence_shed_total: 'Presences not sent because a line was slow or a sender too fast.',
  concord_presence_postponed_total: 'Presences put off because there were too many.',
  concord_closed_total: 'Connections that the relay ended, by close code.',
  concord_connections: 'Open connections, by transport.',
  concord_rooms_open: 'Rooms in memory.',
  concord_buffered_bytes: 'What clients have not taken yet, of all and of the slowest.',
  concord_changes_total: 'Changes written to disk.',
  concord_deliveries_total: 'Changes sent on to somebody.',
  concord_snapshots_total: 'Snapshots kept.',
  concord_rooms_trimmed_total: 'Rooms whose old changes were dropped.',
  concord_revoked_total: 'Seats taken away by a change of access.',
  concord_line_errors_total: 'Lines that broke.',
  concord_refused_total: 'Connections refused before they began, by reason.',
} as const;
type Metric = keyof typeof HELP;
type Labelled = Metric | `${Metric}{${string}}`;

const BUCKETS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5] as const;

class Histogram {
  readonly #counts = new Array<number>(BUCKETS.length + 1).fill(0);
  #sum = 0;

  add(seconds: number): void {
    const bucket = BUCKETS.findIndex((limit) => seconds <= limit);
    const index = bucket < 0 ? BUCKETS.length : bucket;
    this.#counts[index] = (this.#counts[index] ?? 0) + 1;
    this.#sum += seconds;
  }

  lines(name: string): string[] {
    let total = 0;
    const buckets = this.#counts.map((count, i) => {
      total += count;
      return `${name}_bucket{le="${BUCKETS[i] ?? '+Inf'}"} ${total}`;
    });
    return [...buckets, `${name}_sum ${this.#sum}`, `${name}_count ${total}`];
  }
}

/** Counts for `/metrics`, in Prometheus' text format. */
export class Metrics {
  readonly #counters = new Map<string, number>();
  readonly #gauges = new Map<string, () => number>();
  readonly #histograms = {
    concord_commit_seconds: new Histogram(),
    concord_catch_up_seconds: new Histogram(),
  };
  #lastCommitFailed = false;

  constructor() {
    // Seen as zero from the start: an alert on a counter that is not there yet never fires.
    for (const name of Object.keys(HELP)) if (isPlainCounter(name)) this.#counters.set(name, 0);
  }

  /** Adds to a counter. Labels stand in the name: `concord_closed_total{code="4400"}`. */
  count(name: Labelled, by = 1): void {
    this.#counters.set(name, (this.#counters.get(name) ?? 0) + by);
  }

  /** The value of a counter. */
  counted(name: Labelled): number {
    return this.#counters.get(name) ?? 0;
  }

  /** A value that is read when asked for. */
  gauge(name: Labelled, read: () => number): void {
    this.#gauges.set(name, read);
  }

  observe(name: 'concord_commit_seconds' | 'concord_catch_up_seconds', seconds: number): void {
    this.#histograms[name].add(seconds);
  }

  commit(seconds: number, failed: boolean): void {
    this.#lastCommitFailed = failed;
    if (failed) this.count('concord_commit_failures_total');
    else this.observe('concord_commit_seconds', seconds);
  }

  /** False while the disk takes nothing: edits are then not safe here. */
  get healthy(): boolean {
    return !this.#lastCommitFailed;
  }

  text(): string {
    const families = new Map<string, string[]>();
    const add = (type: string, name: string, ...lines: string[]): void => {
      const family = name.replace(/\{.*/, '') as Metric;
      const head = [`# HELP ${family} ${HELP[family]}`, `# TYPE ${family} ${type}`];
      families.set(family, [...(families.get(family) ?? head), ...lines]);
    };
    for (const [name, value] of this.#counters) add('counter', name, `${name} ${value}`);
    for (const [name, read] of this.#gauges) add('gauge', name, `${name} ${read()}`);
    for (const [name, histogram] of Object.entries(this.#histograms))
      add('histogram', name, ...histogram.lines(name));
    return `${[...families.values()].flat().join('\n')}\n`;
  }
}

function isPlainCounter(name: string): boolean {
  const labelled = ['concord_rejected_total', 'concord_closed_total', 'concord_refused_total'];
  return name.endsWith('_total') && !labelled.includes(name);
}
