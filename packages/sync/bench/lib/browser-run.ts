import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));

/** What follows `name` on the command line. */
export function option(name: string): string | undefined {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv[at + 1];
}

interface BrowserRun {
  /** e2e/specs/<spec>.spec.ts. */
  readonly spec: string;
  /** How a test's name goes on after `<app>: `. */
  readonly test: string;
  /** The variable that tells the spec which file to add its rows to, one JSON a line. */
  readonly rows: string;
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Builds the apps, runs a spec in real browsers with nothing beside it, and gives the rows that it wrote. `--apps` and
 * `--json` are seen to here. A run that failed, or found nothing, sets the exit code.
 */
export async function figuresOf<Row>({ spec, test, rows, env }: BrowserRun): Promise<readonly Row[]> {
  const folder = mkdtempSync(join(tmpdir(), `concord-${spec}-`));
  const file = join(folder, 'rows.jsonl');
  const apps = option('--apps')?.split(',') ?? [];
  const only = apps.length > 0 ? ['--grep', `(${apps.join('|')}): ${test}`] : [];
  const run = spawn(
    process.execPath,
    ['scripts/test.mjs', '--e2e', `specs/${spec}.spec.ts`, '--workers', '1', ...only],
    { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env, [rows]: file } },
  );
  const [code] = (await once(run, 'exit')) as [number | null];
  const found = existsSync(file)
    ? readFileSync(file, 'utf8')
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line) as Row)
    : [];
  rmSync(folder, { recursive: true, force: true });
  const json = option('--json');
  if (json) writeFileSync(json, `${JSON.stringify(found, null, 2)}\n`);
  process.exitCode = code === 0 && found.length > 0 ? 0 : 1;
  return found;
}
