/** One measured quantity of one server in one cell, as the generator reports it. */
export interface Figure {
  readonly unit: string;
  /** All samples of the cell, or one value. */
  readonly samples: readonly number[];
}

/** What one run of one work against one server gave. */
export type Cell = Readonly<Record<string, Figure>>;

/** What stands in the JSON file: one row for each figure of each work and server. */
export interface Row {
  readonly work: string;
  readonly server: string;
  readonly unit: string;
  readonly median: number;
  /** Of all samples; where a round gives one value, the worst round. */
  readonly p99: number;
  readonly n: number;
}

/** The value below which `part` of the sorted samples lie. NaN of none. */
function percentile(sorted: readonly number[], part: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;
}

/** The rounds of one work and server as rows: samples of all rounds together. */
export function rowsOf(work: string, server: string, rounds: readonly Cell[]): readonly Row[] {
  const names = new Set(rounds.flatMap((cell) => Object.keys(cell)));
  return [...names].map((name) => {
    const figures = rounds.flatMap((cell) => cell[name] ?? []);
    const samples = figures.flatMap((figure) => figure.samples).sort((a, b) => a - b);
    return {
      work: `${work}: ${name}`,
      server,
      unit: figures[0]?.unit ?? '',
      median: percentile(samples, 0.5),
      p99: percentile(samples, 0.99),
      n: samples.length,
    };
  });
}
