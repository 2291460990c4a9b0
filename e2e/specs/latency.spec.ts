import { appendFileSync } from 'node:fs';
import { converge, type Person, test } from '../fixtures/test.ts';
import { APP_KINDS, type AppKind } from '../pages/app-page.ts';

/** How many people are in the room. All but one of them, the writer, watch. The benchmark takes ten as well. */
const CROWDS = (process.env.LATENCY_USERS ?? '2,5').split(',').map(Number);
/** Key presses per crowd; each is timed on every other screen. `npm run bench -- latency` asks for more, and for the rows. */
const PRESSES = Number(process.env.LATENCY_PRESSES ?? 12);
const { LATENCY_ROWS } = process.env;

interface Watch {
  pressed: number;
  shown: number;
}

/** In the writer's page: when the key that makes the edit went down. */
const noteKey = (person: Person, key: string) =>
  person.page.evaluate((wanted) => {
    const watch: Watch = { pressed: 0, shown: 0 };
    Object.assign(window, { watch });
    const onKeyDown = (event: KeyboardEvent): void => {
      if (event.key !== wanted) return;
      watch.pressed = Date.now();
      window.removeEventListener('keydown', onKeyDown, true);
    };
    window.addEventListener('keydown', onKeyDown, true);
  }, key);

/** In a watcher's page: when the words are in the document's part of the page. */
const noteWords = (person: Person, words: string) =>
  person.page.evaluate((wanted) => {
    const watch: Watch = { pressed: 0, shown: 0 };
    Object.assign(window, { watch });
    const main = document.querySelector('main') as HTMLElement;
    const observer = new MutationObserver(() => {
      if (!main.textContent.includes(wanted)) return;
      watch.shown = Date.now();
      observer.disconnect();
    });
    observer.observe(main, { subtree: true, childList: true, characterData: true });
  }, words);

const timeOf = async (person: Person, what: keyof Watch): Promise<number> => {
  const handle = await person.page.waitForFunction(
    (wanted) => (window as unknown as { watch: Watch }).watch[wanted],
    what,
  );
  return Number(await handle.jsonValue());
};

/** Makes everything ready for one key press that changes the document, and says which key, and what it will show. */
const EDITS: Record<AppKind, (person: Person, turn: number) => Promise<{ key: string; words: string }>> = {
  docs: async (person, turn) => {
    await person.docs.type(`${turn}`);
    return { key: 'x', words: `${turn}x` };
  },
  blocks: async (person, turn) => {
    await person.blocks.goOn(`${turn}`);
    return { key: 'x', words: `${turn}x` };
  },
  board: async (person, turn) => {
    await person.board.draftCard('To do', `Card ${turn}.`);
    return { key: 'Enter', words: `Card ${turn}.` };
  },
  gantt: async (person, turn) => {
    // Rows beyond the window are not drawn: the plan stays short.
    const last = `Task ${turn - 1}.`;
    if ((await person.gantt.row(last).count()) > 0) await person.gantt.delete(last);
    await person.gantt.draftTask(`Task ${turn}.`);
    return { key: 'Enter', words: `Task ${turn}.` };
  },
};

const percentile = (sorted: readonly number[], part: number): number =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? Number.NaN;

for (const kind of APP_KINDS) {
  test(`${kind}: from a key press to the others’ screens`, async ({ people, id }, info) => {
    test.setTimeout(360_000 + CROWDS.length * PRESSES * 3_000);
    const all = await people(Math.max(...CROWDS), { firefox: 0 });
    const [writer] = all as [Person];
    await writer.open(kind, id);
    await writer.app(kind).begin();
    let turn = 100;
    let here = 1;
    const lines: string[] = [];
    for (const crowd of CROWDS) {
      for (; here < crowd; here++) await all[here]?.open(kind, id);
      const present = all.slice(0, crowd);
      await converge(present);
      const times: number[] = [];
      for (let press = 0; press < PRESSES; press++) {
        const { key, words } = await EDITS[kind](writer, turn++);
        const watchers = present.slice(1);
        await Promise.all(watchers.map((person) => noteWords(person, words)));
        await noteKey(writer, key);
        await writer.page.keyboard.press(key);
        const pressed = await timeOf(writer, 'pressed');
        for (const watcher of watchers) times.push((await timeOf(watcher, 'shown')) - pressed);
      }
      await converge(present);
      times.sort((a, b) => a - b);
      const [p50, p95, p99] = [0.5, 0.95, 0.99].map((part) => percentile(times, part));
      lines.push(
        `latency ${kind.padEnd(6)} ${String(crowd).padStart(2)} users  p50 ${p50} ms  p95 ${p95} ms  p99 ${p99} ms  (${times.length} samples)`,
      );
      const row = { work: `latency: ${kind}, ${crowd} users`, server: 'concord', unit: 'ms' };
      if (LATENCY_ROWS)
        appendFileSync(
          LATENCY_ROWS,
          `${JSON.stringify({ ...row, median: p50, p95, p99, n: times.length })}\n`,
        );
    }
    // Figures to read, not to pass or fail by: they depend on the machine and on what else it does.
    console.log(lines.join('\n'));
    await info.attach('latency', { body: lines.join('\n'), contentType: 'text/plain' });
  });
}
