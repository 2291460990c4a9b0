/** The laws, in the order of the report. */
export const LAWS = [
  'reordering',
  'commutativity',
  'every order',
  'partition',
  'canonical bytes',
  'stable views',
  'undo and redo',
  'compaction',
  'damaged bytes',
  'duplication',
  'idempotence',
  'save and load',
  'past versions',
] as const;

export type Law = (typeof LAWS)[number];

/** How many cases of each law a type was held against. */
export interface LawReport {
  readonly kind: string;
  /** The seeds of the histories: `seeds` of them from `first` on. */
  readonly first: number;
  readonly seeds: number;
  readonly cases: Readonly<Record<Law, number>>;
}

/** Counts cases while a suite runs, and names the law in what goes wrong. */
export class LawCounter {
  readonly cases: Record<Law, number>;

  constructor() {
    this.cases = Object.fromEntries(LAWS.map((law) => [law, 0])) as Record<Law, number>;
  }

  /** One case of `law`: an error in `body` is that law broken. */
  check(law: Law, body: () => void): void {
    try {
      body();
    } catch (error) {
      throw new Error(`${law}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
    }
    this.cases[law]++;
  }
}

/** The reports as a Markdown table: a row for each type, a column for each law. */
export function lawTable(reports: readonly LawReport[]): string {
  const row = (cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;
  return [
    row(['type', ...LAWS]),
    row(['---', ...LAWS.map(() => '---:')]),
    ...reports.map(({ kind, cases }) => row([kind, ...LAWS.map((law) => cases[law])])),
  ].join('\n');
}
