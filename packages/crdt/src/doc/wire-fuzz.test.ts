import { expect, it } from 'vitest';
import { replicaId } from '../core/ids.ts';
import { counter, list, lww, text } from '../schema/builders.ts';
import { leaf, object } from '../schema/schema.ts';
import { forSeeds, type Random } from '../testing/random.ts';
import { tapeType } from '../testing/tape.ts';
import { Doc } from './doc.ts';
import { loadDoc, saveDoc } from './file.ts';
import { history } from './history.ts';

const schema = object({
  title: lww(''),
  votes: counter(),
  body: text(),
  tape: leaf(tapeType),
  items: list<string>(),
});
type AnyDoc = Doc<typeof schema>;
/** WIRE_SEEDS=n for a long soak. */
const SEEDS = Number(process.env.WIRE_SEEDS ?? 150);

const replica = (n: number): AnyDoc =>
  new Doc(schema, { replica: replicaId(n.toString(16).padStart(16, '0')), now: () => 1_700_000_000_000 });
const bytesOf = (doc: AnyDoc) => doc.changesSince(new Map()).map(({ bytes }) => bytes);

function conversation(random: Random): Uint8Array[] {
  const [a, b] = [replica(1), replica(2)];
  for (let i = 0; i < 12; i++) {
    const [doc, other] = random.chance(0.5) ? [a, b] : [b, a];
    doc.change((root) => {
      const roll = random.int(6);
      if (roll < 3) root.body.insert(random.int(root.body.length + 1), 'hello');
      else if (roll === 3) root.tape.append('ab');
      else if (roll === 4) root.items.insert(0, 'item');
      else root.title.set(`${i}`);
      if (random.chance(0.3) && root.body.length > 3) root.body.delete(1, 2);
      if (random.chance(0.2) && root.body.length > 3) root.body.mark(0, 2, 'bold', true);
      if (random.chance(0.2) && root.tape.length > 0) root.tape.cross(0);
    });
    if (random.chance(0.5)) other.apply(doc.changesSince(other.version).map((c) => c.bytes));
  }
  a.apply(b.changesSince(a.version).map((c) => c.bytes));
  return bytesOf(a);
}

it('damaged changes among good ones neither throw nor hang, and whoever has the same shows the same (fuzz)', () => {
  const met: Record<string, number> = { applied: 0, unread: 0 };
  forSeeds(SEEDS, (random) => {
    const changes = conversation(random).map((bytes) => bytes.slice());
    const bad = random.pick(changes);
    for (let n = random.int(3); n >= 0; n--) bad[random.int(bad.length)] = random.int(256);
    const doc = replica(3);
    const report = doc.apply(random.chance(0.5) ? changes : random.shuffle(changes));
    met.applied = (met.applied ?? 0) + report.applied;
    for (const { reason } of report.rejected) met[reason] = (met[reason] ?? 0) + 1;
    // What was taken, read or not, goes on to others as it is, cut anew, and through a file.
    const copy = replica(4);
    copy.apply(bytesOf(doc));
    const loaded = loadDoc(schema, saveDoc(doc));
    const unread = [...history(doc)].filter((change) => change.ops().length === 0).length;
    met.unread = (met.unread ?? 0) + unread;
    for (const other of [copy, loaded]) {
      expect(JSON.stringify(other.view)).toBe(JSON.stringify(doc.view));
      expect(other.stateHash()).toBe(doc.stateHash());
      expect(bytesOf(other)).toEqual(bytesOf(doc));
    }
    doc.change((root) => root.body.insert(0, 'goes on'));
    expect(copy.apply(bytesOf(doc)).applied).toBe(1);
    expect(copy.stateHash()).toBe(doc.stateHash());
  });
  console.info(`wire fuzz, ${SEEDS} seeds: ${JSON.stringify(met)}`);
  if (SEEDS < 100) return;
  for (const what of ['applied', 'unread', 'malformed-change', 'malformed-op', 'invalid-op'])
    expect(met[what], what).toBeGreaterThan(0);
});
