import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { Doc } from '../../doc/doc.ts';
import { loadDoc, saveDoc } from '../../doc/file.ts';
import { text } from '../../schema/builders.ts';
import { object } from '../../schema/schema.ts';
import { testReplicaId } from '../../testing/replicas.ts';

/** Real keystrokes, kept beside the project: too large to be part of it. */
const FOLDER = new URL('../../../../../../shared/traces/', import.meta.url);
const SEQUENTIAL = ['automerge-paper', 'rustcode', 'sveltecomponent', 'friendsforever_flat'];

interface Trace {
  readonly startContent?: string;
  readonly endContent: string;
  readonly numAgents?: number;
  readonly txns: readonly {
    readonly patches: readonly (readonly [position: number, deleted: number, inserted: string])[];
    readonly parents: readonly number[];
    readonly agent: number;
  }[];
}

function read(name: string): Trace {
  return JSON.parse(gunzipSync(readFileSync(new URL(`${name}.json.gz`, FOLDER))).toString()) as Trace;
}

const schema = object({ body: text() });
const sided = object({ body: text({ order: 'rga' }) });

function type(doc: Doc<typeof schema>, patches: Trace['txns'][number]['patches']): Uint8Array {
  const change = doc.change(({ body }) => {
    for (const [position, deleted, inserted] of patches) {
      if (deleted > 0) body.delete(position, deleted);
      if (inserted !== '') body.insert(position, inserted);
    }
  });
  return change?.bytes ?? new Uint8Array();
}

describe.skipIf(!existsSync(FOLDER))('real editing sessions (skipped without ../shared/traces)', () => {
  test.for(SEQUENTIAL)(
    '[RGA6] %s, at its author, at a reader, and from a file',
    { timeout: 120_000 },
    (name) => {
      const { startContent = '', endContent, txns } = read(name);
      const author = new Doc(schema, { replica: testReplicaId(0) });
      if (startContent !== '') type(author, [[0, 0, startContent]]);
      for (const { patches } of txns) type(author, patches);
      const reader = new Doc(schema, { replica: testReplicaId(1) });
      reader.apply(author.changesSince(reader.version).map(({ bytes }) => bytes));
      const loaded = loadDoc(schema, saveDoc(author), { replica: testReplicaId(2) });
      for (const doc of [author, reader, loaded]) expect(doc.view.body.text === endContent).toBe(true);
      expect([reader.stateHash(), loaded.stateHash()]).toEqual([author.stateHash(), author.stateHash()]);
    },
  );

  test.for([schema, sided])(
    '[RGA6] friendsforever, two at once, merges to its one end',
    { timeout: 120_000 },
    (kind) => {
      const { endContent, txns, numAgents = 2 } = read('friendsforever');
      const authors = Array.from(
        { length: numAgents },
        (_, i) => new Doc(kind, { replica: testReplicaId(i) }),
      );
      const own: Uint8Array[][] = authors.map(() => []);
      const seen = authors.map(() => authors.map(() => 0));
      const versions: number[][] = [];
      const learn = (who: number, version: readonly number[]): void => {
        authors.forEach((_, other) => {
          const from = seen[who]?.[other] as number;
          const to = version[other] as number;
          if (other === who || to <= from) return;
          for (const bytes of own[other]?.slice(from, to) ?? []) authors[who]?.apply([bytes]);
          (seen[who] as number[])[other] = to;
        });
      };
      for (const { patches, parents, agent } of txns) {
        const known = authors.map((_, a) => Math.max(0, ...parents.map((p) => versions[p]?.[a] ?? 0)));
        learn(agent, known);
        own[agent]?.push(type(authors[agent] as Doc<typeof schema>, patches));
        versions.push(known.with(agent, own[agent]?.length ?? 0));
      }
      authors.forEach((_, who) => {
        learn(
          who,
          own.map(({ length }) => length),
        );
      });
      for (const doc of authors) {
        expect(doc.parked).toBe(0);
        expect(doc.view.body.text === endContent).toBe(true);
      }
    },
  );
});
