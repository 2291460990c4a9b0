import { describe, expect, test } from 'vitest';
import { formatId, type ReplicaId } from '../core/ids.ts';
import type { VersionVector } from '../core/version.ts';
import { type Conflict, conflictsOf } from '../doc/conflicts.ts';
import { Doc } from '../doc/doc.ts';
import { lww, map, placement, text, tree } from '../schema/builders.ts';
import { type Mut, object, record } from '../schema/schema.ts';
import { type Random, seededRandom } from '../testing/random.ts';
import { testReplicaId } from '../testing/replicas.ts';
import { ROOT, TRASH } from '../types/tree/op.ts';

const schema = object({
  title: lww(''),
  props: map<number>(),
  places: placement(),
  outline: tree(),
  body: text(),
  cards: record(object({ due: lww(0) })),
});
type Page = Doc<typeof schema>;

/** One deed as the player meant it, and what the player knew. */
interface Meant {
  readonly thing: string;
  readonly replica: ReplicaId;
  readonly seq: number;
  readonly knew: VersionVector;
}

const meantId = ({ replica, seq }: Meant): string => formatId({ replica, seq });
const knows = (version: VersionVector, { replica, seq }: Meant): boolean => (version.get(replica) ?? 0) > seq;

/** Every change looks at one thing only: what that is, the player says. */
function play(random: Random, root: Mut<typeof schema>, next: () => number): string {
  const key = random.pick(['a', 'b', 'c']);
  switch (random.int(5)) {
    case 0:
      root.title.set(`${next()}`);
      return 'title ';
    case 1:
      root.props.set(key, next());
      return `props ${key}`;
    case 2: {
      const parent = random.pick(['x', 'y'].filter((each) => root.places.parentOf(key) !== each));
      root.places.place(key, parent, 0);
      return `places ${key}`;
    }
    case 3: {
      const parent = root.outline.parentOf(key) === ROOT ? TRASH : ROOT;
      root.outline.move(key, parent, 0);
      return `outline ${key}`;
    }
    default:
      // Merges with everything, and makes runs of ids.
      root.body.insert(random.int(root.body.length + 1), 'x'.repeat(1 + random.int(4)));
      return '';
  }
}

/** What the pairs are by definition: every deed held against every other. */
function byDefinition(
  deeds: readonly Meant[],
  version: VersionVector,
  since: VersionVector,
  mine: ReadonlySet<ReplicaId>,
): readonly string[] {
  const matters = (replica: ReplicaId): boolean =>
    mine.has(replica) || (version.get(replica) ?? 0) > (since.get(replica) ?? 0);
  const here = deeds.filter((deed) => deed.thing !== '' && knows(version, deed) && matters(deed.replica));
  const standing = here.filter(
    (deed) => !here.some((later) => later.thing === deed.thing && knows(later.knew, deed)),
  );
  return standing
    .filter(({ replica }) => mine.has(replica))
    .flatMap((own) =>
      standing
        .filter(({ thing, replica }) => thing === own.thing && !mine.has(replica))
        .filter((other) => !knows(other.knew, own) && !knows(own.knew, other))
        .filter((other) => !knows(since, own) || !knows(since, other))
        .map((other) => `${own.thing}: ${meantId(own)} ${meantId(other)}`),
    );
}

const shown = ({ topic, mine, theirs }: Conflict): string =>
  `${topic}: ${formatId(mine.id)} ${formatId(theirs.id)}`;

function tell(from: Page, to: Page): void {
  to.apply(from.changesSince(to.version).map(({ bytes }) => bytes));
}

describe('what two people did to one thing without knowing of each other', () => {
  test('[C1] is found in the history exactly as the definition says, on small documents, for everyone, since any moment', async () => {
    let pairs = 0;
    for (let seed = 1; seed <= 300; seed++) {
      const random = seededRandom(seed);
      const docs = Array.from(
        { length: 2 + random.int(3) },
        (_, i) => new Doc(schema, { replica: testReplicaId(i) }),
      );
      const deeds: Meant[] = [];
      const moments: VersionVector[] = [new Map()];
      let value = 0;
      for (let step = 0; step < 40; step++) {
        const doc = random.pick(docs);
        if (random.chance(0.3)) tell(random.pick(docs), doc);
        else {
          const knew = doc.version;
          let thing = '';
          const change = doc.change((root) => {
            thing = play(random, root, () => ++value);
          });
          if (change) deeds.push({ thing, replica: doc.replica, seq: change.from, knew });
        }
        if (random.chance(0.2)) moments.push(doc.version);
      }
      for (const doc of docs) {
        const mine = new Set([doc.replica, ...(random.chance(0.3) ? [testReplicaId(0)] : [])]);
        const since = random.pick(moments);
        const found = await conflictsOf(doc, { since, mine });
        const expected = byDefinition(deeds, doc.version, since, mine);
        expect(found.map(shown).sort(), `seed ${seed}`).toEqual([...expected].sort());
        pairs += expected.length;
      }
    }
    expect(pairs).toBeGreaterThan(500);
  });

  const two = (): readonly [Page, Page] => [
    new Doc(schema, { replica: testReplicaId(0) }),
    new Doc(schema, { replica: testReplicaId(1) }),
  ];
  const of = (doc: Page, since: VersionVector = new Map()): Promise<readonly Conflict[]> =>
    conflictsOf(doc, { since, mine: new Set([doc.replica]) });
  const meet = (ann: Page, bob: Page): void => {
    tell(ann, bob);
    tell(bob, ann);
  };

  test('[C2] both are told, each with what they had and what the other made of it; who decides anew settles it', async () => {
    const [ann, bob] = two();
    ann.change((root) => root.title.set('hers'));
    bob.change((root) => root.title.set('his'));
    meet(ann, bob);
    const values = async (doc: Page): Promise<unknown> =>
      (await of(doc)).map(({ mine, theirs }) => [mine.op, theirs.op]);
    const [hers, his] = ['hers', 'his'].map((value) => ({ type: 'set', value }));
    expect(await values(ann)).toEqual([[hers, his]]);
    expect(await values(bob)).toEqual([[his, hers]]);
    ann.change((root) => root.title.set('settled'));
    expect(await values(ann)).toEqual([]);
    expect(await values(bob)).toHaveLength(1);
    meet(ann, bob);
    expect(await values(bob)).toEqual([]);
    ann.undo();
    // Undoing that is a decision, too.
    expect(await values(ann)).toEqual([]);
  });

  test('[C3] what was looked through is not told again', async () => {
    const [ann, bob] = two();
    ann.change((root) => root.title.set('hers'));
    bob.change((root) => root.title.set('his'));
    meet(ann, bob);
    const looked = ann.version;
    bob.change((root) => root.props.set('a', 1));
    meet(ann, bob);
    expect(await of(ann, looked)).toEqual([]);
    expect(await of(ann)).toHaveLength(1);
  });

  test('[C4] deeds that decide different things meet under a topic of the app', async () => {
    const [ann, bob] = two();
    let card = '';
    ann.change((root) => {
      card = root.cards.create();
    });
    meet(ann, bob);
    ann.change((root) => root.cards.at(card).due.set(5));
    bob.change((root) => root.places.place(card, 'archive', 0));
    meet(ann, bob);
    expect(await of(ann)).toEqual([]);
    const topics = ({ path, op }: { path: string; op: unknown }): string[] => {
      if (path.endsWith('/due')) return ['card'];
      return path === 'places' && (op as { entity: string }).entity === card ? ['card'] : [];
    };
    const found = await conflictsOf(ann, { since: new Map(), mine: new Set([ann.replica]), topics });
    expect(found.map(({ mine, theirs }) => [mine.path.split('/').at(-1), theirs.path])).toEqual([
      ['due', 'places'],
    ]);
    // Done in full knowledge of the other: no conflict.
    ann.change((root) => root.cards.at(card).due.set(6));
    expect(await conflictsOf(ann, { since: new Map(), mine: new Set([ann.replica]), topics })).toEqual([]);
  });
});
