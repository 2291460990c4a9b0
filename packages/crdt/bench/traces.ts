/*
 * Real editing sessions, keystroke by keystroke, side by side with Yjs. Each cell runs in a process of its own, in
 * interleaved rounds; what counts is main-thread CPU time, and the ratio within one run.
 *
 *   npm run bench -- traces [--rounds 3] [--json FILE]
 *
 * The traces are read from ../shared/traces beside the repository; without them a synthetic session is used.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import * as Y from 'yjs';
import { Doc, object, text } from '../src/index.ts';

type Patch = readonly [position: number, deleted: number, inserted: string];

interface Session {
  readonly txns: readonly { readonly patches: readonly Patch[] }[];
  readonly endContent: string;
}

/** Milliseconds of CPU, bytes, or megabytes. */
type Figures = Record<string, number>;

const TRACES = fileURLToPath(new URL('../../../../shared/traces/', import.meta.url));
const NAMES = ['automerge-paper', 'rustcode', 'sveltecomponent', 'friendsforever_flat'];

function load(name: string): Session {
  const file = `${TRACES}${name}.json.gz`;
  return existsSync(file) ? (JSON.parse(gunzipSync(readFileSync(file)).toString()) as Session) : synthetic();
}

/** Typing with a few corrections, the same on every machine. */
function synthetic(): Session {
  const txns: { patches: Patch[] }[] = [];
  let content = '';
  for (let i = 0; i < 50_000; i++) {
    const at = i % 97 === 0 ? (i * 7919) % (content.length + 1) : content.length;
    const patch: Patch = i % 11 === 10 && at > 0 ? [at - 1, 1, ''] : [at, 0, 'abcdefghij '[i % 11] as string];
    content = content.slice(0, patch[0]) + patch[2] + content.slice(patch[0] + patch[1]);
    txns.push({ patches: [patch] });
  }
  return { txns, endContent: content };
}

function cpu(work: () => void): number {
  const before = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000;
}

function heap(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed / 1e6;
}

function check(content: string, session: Session): void {
  if (content !== session.endContent) throw new Error('the end content differs from the recorded one');
}

function concord(session: Session): Figures {
  const schema = object({ body: text() });
  const doc = new Doc(schema);
  const updates: Uint8Array[] = [];
  const local = cpu(() => {
    for (const { patches } of session.txns) {
      const change = doc.change(({ body }) => {
        for (const [at, deleted, inserted] of patches) {
          if (deleted > 0) body.delete(at, deleted);
          if (inserted !== '') body.insert(at, inserted);
        }
      });
      if (change) updates.push(change.bytes);
    }
  });
  check(doc.view.body.text, session);
  const copy = new Doc(schema);
  const remote = cpu(() => {
    for (const update of updates) copy.apply([update]);
  });
  check(copy.view.body.text, session);
  const file = doc.save();
  const before = heap();
  let loaded: Doc<typeof schema> | undefined;
  const loading = cpu(() => {
    loaded = Doc.load(schema, file);
    check(loaded.view.body.text, session);
  });
  const bytes = updates.reduce((sum, update) => sum + update.length, 0) / updates.length;
  return {
    local,
    remote,
    load: loading,
    file: file.length,
    update: bytes,
    heap: loaded ? heap() - before : 0,
  };
}

function yjs(session: Session): Figures {
  const doc = new Y.Doc();
  const body = doc.getText('body');
  const updates: Uint8Array[] = [];
  doc.on('update', (update: Uint8Array) => updates.push(update));
  const local = cpu(() => {
    for (const { patches } of session.txns) {
      doc.transact(() => {
        for (const [at, deleted, inserted] of patches) {
          if (deleted > 0) body.delete(at, deleted);
          if (inserted !== '') body.insert(at, inserted);
        }
      });
    }
  });
  check(body.toString(), session);
  const copy = new Y.Doc();
  const remote = cpu(() => {
    for (const update of updates) Y.applyUpdate(copy, update);
  });
  check(copy.getText('body').toString(), session);
  const file = Y.encodeStateAsUpdate(doc);
  const before = heap();
  let loaded: Y.Doc | undefined;
  const loading = cpu(() => {
    loaded = new Y.Doc();
    Y.applyUpdate(loaded, file);
    check(loaded.getText('body').toString(), session);
  });
  const bytes = updates.reduce((sum, update) => sum + update.length, 0) / updates.length;
  return {
    local,
    remote,
    load: loading,
    file: file.length,
    update: bytes,
    heap: loaded ? heap() - before : 0,
  };
}

const UNITS: Record<string, string> = {
  local: 'ms CPU, local edits with an update cut for each',
  remote: 'ms CPU, updates applied one by one',
  load: 'ms CPU, stored document to readable text',
  file: 'B, stored document (ours with its full history)',
  update: 'B, one update',
  heap: 'MB, heap of the loaded document',
};

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}

function compare(rounds: number): object[] {
  const rows: object[] = [];
  for (const name of existsSync(TRACES) ? NAMES : ['synthetic']) {
    const seen: Record<string, Figures[]> = { concord: [], yjs: [] };
    for (let round = 0; round < rounds; round++) {
      for (const library of round % 2 === 0 ? ['concord', 'yjs'] : ['yjs', 'concord']) {
        const cell = spawnSync(
          process.execPath,
          ['--expose-gc', fileURLToPath(import.meta.url), library, name],
          {
            encoding: 'utf8',
          },
        );
        if (cell.status !== 0) throw new Error(cell.stderr);
        seen[library]?.push(JSON.parse(cell.stdout) as Figures);
      }
    }
    console.log(`\n${name}${' '.repeat(24 - name.length)}concord        yjs   ratio`);
    for (const [figure, unit] of Object.entries(UNITS)) {
      const [ours, theirs] = ['concord', 'yjs'].map((library) =>
        median((seen[library] ?? []).map((figures) => figures[figure] ?? Number.NaN)),
      ) as [number, number];
      console.log(
        `  ${figure.padEnd(14)}${ours.toFixed(1).padStart(15)}${theirs.toFixed(1).padStart(11)}${(ours / theirs).toFixed(2).padStart(8)}  ${unit}`,
      );
      rows.push({
        work: `${name} ${figure}`,
        concord: ours,
        yjs: theirs,
        ratio: ours / theirs,
        n: rounds,
        unit,
      });
    }
  }
  return rows;
}

const [first, second] = process.argv.slice(2);
if (first === 'concord' || first === 'yjs') {
  console.log(JSON.stringify((first === 'concord' ? concord : yjs)(load(second ?? 'synthetic'))));
} else {
  const option = (name: string): string | undefined =>
    process.argv[process.argv.indexOf(name) + 1 || Infinity];
  const rows = compare(Number(option('--rounds') ?? 3));
  const json = option('--json');
  if (json) writeFileSync(json, `${JSON.stringify(rows, null, 2)}\n`);
}
