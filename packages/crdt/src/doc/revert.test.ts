import { describe, expect, it } from 'vitest';
import { replicaId } from '../core/ids.ts';
import type { VersionVector } from '../core/version.ts';
import {
  clockLww,
  counter,
  dag,
  disableWinsFlag,
  enableWinsFlag,
  list,
  lww,
  map,
  multiValue,
  placement,
  removeWinsSet,
  set,
  text,
  tree,
} from '../schema/builders.ts';
import { object, optional, record, type View } from '../schema/schema.ts';
import { forSeeds, type Random } from '../testing/random.ts';
import { viewText } from '../testing/replicas.ts';
import { ROOT, TRASH } from '../types/tree/op.ts';
import { Doc } from './doc.ts';
import { revertTo } from './history.ts';

const schema = object({
  title: lww('untitled'),
  seen: clockLww(''),
  mood: multiValue<string>(),
  votes: counter(),
  on: enableWinsFlag(),
  off: disableWinsFlag(),
  body: text(),
  props: map<string>(),
  items: list<string>(),
  tags: set<string>(),
  bans: removeWinsSet<string>(),
  outline: tree(),
  links: dag(),
  places: placement(),
  cards: record(object({ name: lww(''), note: text() })),
  extra: optional(object({ name: lww('') })),
});
type RevertDoc = Doc<typeof schema>;

let now = 1_700_000_000_000;
const replica = (n: number): RevertDoc =>
  new Doc(schema, { replica: replicaId(n.toString(16).padStart(16, '0')), now: () => now });
const sync = (from: RevertDoc, to: RevertDoc) => to.apply(from.changesSince(to.version).map((c) => c.bytes));

function act(doc: RevertDoc, random: Random): void {
  const key = `k${random.int(4)}`;
  const other = `k${random.int(4)}`;
  doc.change((root) => {
    const { body, items, outline, links } = root;
    const edits = [
      () => body.insert(random.int(body.length + 1), 'some'.slice(random.int(3))),
      () => body.length > 3 && body.delete(random.int(body.length - 2), 2),
      () => body.length > 3 && body.mark(random.int(2), 3, key, random.chance(0.7) || null),
      () => void body.insertBlock(random.int(body.length + 1), { type: key }),
      () => body.setAttr(null, 'type', other),
      () => {
        const block = body.spans().find((span) => span.type === 'block');
        if (block?.type === 'block') body.setAttr(block.id, 'type', other);
      },
      () => root.title.set(key),
      () => root.seen.set(key),
      () => root.mood.set(key),
      () => root.votes.increment(random.int(5) + 1),
      () => (random.chance(0.5) ? root.on.enable() : root.on.disable()),
      () => (random.chance(0.5) ? root.off.enable() : root.off.disable()),
      () => (random.chance(0.7) ? root.props.set(key, other) : root.props.delete(key)),
      () => (items.length > 2 ? items.move(0, 2) : items.insert(0, key)),
      () => items.length > 3 && items.delete(1, 1),
      () => (random.chance(0.6) ? root.tags.add(key) : root.tags.remove(key)),
      () => (random.chance(0.6) ? root.bans.add(key) : root.bans.remove(key)),
      () => {
        if (!outline.isUnder(ROOT, key)) {
          const into = outline.parentOf(other) === undefined || outline.isUnder(other, key) ? ROOT : other;
          outline.move(key, into, 0);
        }
      },
      () => outline.parentOf(key) !== undefined && outline.remove(key),
      () => key !== other && void links.add(key, other, 'FS'),
      () => {
        const [edge] = links.edges();
        if (edge) links.remove(edge.id);
      },
      () => (random.chance(0.5) ? links.removeNode(key) : links.restoreNode(key)),
      () => root.places.place(key, `list ${other}`, 0),
      () => root.places.remove(key),
      () => {
        root.cards.add(key);
        root.cards.at(key).note.insert(0, 'n');
        root.cards.at(key).name.set(other);
      },
      () => root.cards.remove(key),
    ];
    for (let n = 1 + random.int(3); n > 0; n--) random.pick(edits)();
  });
}

/** What people see: a node that was made since cannot be unmade, but goes into the trash. */
function look({ outline, ...rest }: View<typeof schema>): string {
  const gone = new Set(outline.children[TRASH]);
  for (const node of gone) for (const child of outline.children[node] ?? []) gone.add(child);
  const left = <T>(parts: Readonly<Record<string, T>>) =>
    Object.fromEntries(Object.entries(parts).filter(([name]) => name !== TRASH && !gone.has(name)));
  return viewText({ ...rest, parent: left(outline.parent), children: left(outline.children) });
}

describe('going back to a version', () => {
  it('shows what was seen then, can be undone and redone, and travels (fuzz)', () => {
    let reverts = 0;
    forSeeds(40, (random) => {
      const docs = [replica(1), replica(2), replica(3)];
      const seen: { version: VersionVector; view: View<typeof schema> }[] = [];
      for (let step = 0; step < 50; step++) {
        const doc = random.pick(docs);
        const roll = random.int(12);
        if (roll < 7) act(doc, random);
        else if (roll === 7) doc.undo();
        else if (roll === 8) doc.redo();
        else if (roll === 9 && seen.length > 0) revertTo(doc, random.pick(seen).version);
        else sync(random.pick(docs), doc);
        now += random.int(40_000);
        seen.push({ version: doc.version, view: doc.view });
      }
      const [doc, other] = random.shuffle(docs) as [RevertDoc, RevertDoc];
      for (const from of docs) sync(from, doc);
      for (let n = 0; n < 3; n++) {
        const before = look(doc.view);
        const { version, view } = random.pick(seen);
        doc.closeUndoStep();
        const made = revertTo(doc, version, { label: 'Back' });
        expect(look(doc.view)).toBe(look(view));
        if (look(doc.view) !== before) expect(doc.undoLabel).toBe('Back');
        if (made !== null && random.chance(0.6)) {
          doc.undo();
          expect(look(doc.view)).toBe(before);
          doc.redo();
          expect(look(doc.view)).toBe(look(view));
        }
        reverts++;
      }
      sync(doc, other);
      expect(look(other.view)).toBe(look(doc.view));
      expect(other.stateHash()).toBe(doc.stateHash());
    });
    expect(reverts).toBe(120);
  });
});
