import { expect, test } from 'vitest';
import { Doc } from '../doc/doc.ts';
import { loadDoc, saveDoc } from '../doc/file.ts';
import { forSeeds, type Random } from '../testing/random.ts';
import { testReplicaId, viewText } from '../testing/replicas.ts';
import { containerViews, documentView, opLog } from './document.ts';
import { editRegister, everyRegister } from './every-register.ts';
import { Copies } from './patches.ts';

/** ORACLE_SEEDS=n for a long soak; ORACLE_FIRST=n to begin at a seed that failed. */
const SEEDS = Number(process.env.ORACLE_SEEDS ?? 40);
const FIRST = Number(process.env.ORACLE_FIRST ?? 1);

type Registers = Doc<typeof everyRegister>;

interface Player {
  doc: Registers;
  copies: Copies;
}

/** The document against the models of the same changes, and against a copy that only hears of its patches. */
function check({ doc, copies }: Player): void {
  const views = containerViews(opLog(everyRegister, doc.changesSince(new Map())));
  expect(viewText(doc.view)).toBe(viewText(documentView(everyRegister, views)));
  copies.expect(views);
}

function listen(doc: Registers): Player {
  const views = containerViews(opLog(everyRegister, doc.changesSince(new Map())));
  const player = { doc, copies: new Copies(everyRegister, views) };
  doc.subscribe((event) => player.copies.take(event));
  return player;
}

function play(random: Random): void {
  let now = 1_000_000;
  const options = (i: number) => ({ replica: testReplicaId(i), now: () => now + random.int(5000) });
  const players = [0, 1, 2, 3].map((i) => listen(new Doc(everyRegister, options(i))));
  const sent: Uint8Array[] = [];
  for (let step = 0; step < 160; step++) {
    now += random.int(800);
    const index = random.int(players.length);
    const player = players[index] as Player;
    const { doc } = player;
    const kind = random.int(20);
    const before = new Map(doc.version);
    if (kind < 8) {
      doc.change((root) => {
        for (let n = 1 + random.int(3); n > 0; n--) editRegister(root, random);
      });
    } else if (kind < 11) random.chance(0.6) ? doc.undo() : doc.redo();
    else if (kind < 17 && sent.length > 0) {
      const batch = Array.from({ length: 1 + random.int(5) }, () => random.pick(sent));
      expect(doc.apply(batch).rejected).toEqual([]);
    } else if (kind === 17) players[index] = listen(loadDoc(everyRegister, saveDoc(doc), options(index)));
    else check(player);
    if (kind < 11) for (const { bytes } of doc.changesSince(before)) sent.push(bytes);
  }
  expect(sent.length).toBeGreaterThan(20);
  for (const { doc } of players) expect(doc.apply(random.shuffle(sent)).rejected).toEqual([]);
  for (const player of players) check(player);
  expect(new Set(players.map(({ doc }) => doc.stateHash())).size).toBe(1);
}

test('documents of every register show what the models say', { timeout: 0 }, () => {
  forSeeds(SEEDS, play, FIRST);
});
