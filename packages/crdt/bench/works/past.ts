import { at, Doc, object, recall, replicaId, text, type VersionVector } from '../../src/index.ts';
import { seededRandom } from '../../src/testing/random.ts';
import type { Cell, Figure } from '../lib/cell.ts';
import { cpu } from '../lib/measure.ts';

const schema = object({ body: text() });
/** On the way back to a version one may rest at so many others. */
const STOPS = 12;

/** A text that was typed key by key in many places, with what it was after each `1 / STOPS` of its life. */
function typed(size: number): {
  readonly doc: Doc<typeof schema>;
  readonly versions: readonly VersionVector[];
} {
  const random = seededRandom(1);
  let now = 1.7e12;
  const doc = new Doc(schema, { replica: replicaId('1'.padStart(16, '0')), now: () => now });
  const versions: VersionVector[] = [];
  let place = 0;
  for (let i = 0; i < size; i++) {
    now += 400;
    doc.change(
      ({ body }) => {
        if (i % 40 === 0) place = random.int(body.length + 1);
        if (place > 1 && random.chance(1 / 12)) body.delete(--place, 1);
        else body.insert(place++, 'a');
      },
      { undoable: false },
    );
    if ((i + 1) % Math.ceil(size / STOPS) === 0 && i + 1 < size) versions.push(new Map(doc.version));
  }
  return { doc, versions };
}

/** Milliseconds from now far back: in one go (`past-jump`), and the longest step of going there bit by bit (`past-step`). */
export function* jump({ size }: Cell): Iterable<Figure> {
  const inOneGo = typed(size);
  const target = inOneGo.versions.at(-1) ?? new Map();
  yield { work: 'past-jump', unit: 'ms', value: cpu(() => at(inOneGo.doc, target)) };
  const { doc, versions } = typed(size);
  const steps = recall(doc, versions.slice(-1), versions.slice(0, -1));
  let longest = 0;
  for (let isDone = false; !isDone; )
    longest = Math.max(
      longest,
      cpu(() => {
        isDone = steps.next().done ?? true;
      }),
    );
  yield { work: 'past-step', unit: 'ms', value: longest };
}
