import { appendFileSync } from 'node:fs';
import { converge, type Person, test } from '../fixtures/test.ts';
import { APP_KINDS, type AppKind } from '../pages/app-page.ts';
import { CommentsPanel } from '../pages/comments-panel.ts';
import { fill } from '../pages/fill.ts';

/** How often each document is opened, each time by a browser that has never seen it. `npm run bench -- vitals` asks for more. */
const LOADS = Number(process.env.VITALS_LOADS ?? 1);
const { VITALS_ROWS } = process.env;

/** The slow 4G of Chrome's developer tools: bytes per second, and milliseconds for each request. */
const SLOW_4G = {
  offline: false,
  latency: 562.5,
  downloadThroughput: (1_600_000 / 8) * 0.9,
  uploadThroughput: (750_000 / 8) * 0.9,
} as const;
/** A phone in the middle of the range, as seen from a computer. */
const CPU = 4;

interface Vitals {
  lcp: number;
  cls: number;
  /** How long each interaction took, by its id: the longest of its events. */
  readonly interactions: Record<number, number>;
}

/** In the page, before anything else: notes what the browser says about itself. */
function note(): void {
  const vitals: Vitals = { lcp: 0, cls: 0, interactions: {} };
  Object.assign(window, { vitals });
  const observe = (type: string, see: (entry: PerformanceEntry) => void, more: object = {}): void =>
    new PerformanceObserver((list) => list.getEntries().forEach(see)).observe({
      type,
      buffered: true,
      ...more,
    });
  observe('largest-contentful-paint', (entry) => {
    vitals.lcp = entry.startTime;
  });
  // Shifts come in windows: at most five seconds long, at most one without a shift. The worst window counts.
  let began = 0;
  let last = 0;
  let sum = 0;
  observe('layout-shift', (entry) => {
    const { startTime, value, hadRecentInput } = entry as PerformanceEntry & {
      readonly value: number;
      readonly hadRecentInput: boolean;
    };
    if (hadRecentInput) return;
    if (startTime - last > 1_000 || startTime - began > 5_000) {
      began = startTime;
      sum = 0;
    }
    last = startTime;
    sum += value;
    vitals.cls = Math.max(vitals.cls, sum);
  });
  const time = (entry: PerformanceEntry): void => {
    const { interactionId = 0, duration } = entry as PerformanceEventTiming & {
      readonly interactionId?: number;
    };
    if (interactionId > 0)
      vitals.interactions[interactionId] = Math.max(vitals.interactions[interactionId] ?? 0, duration);
  };
  observe('event', time, { durationThreshold: 16 });
  observe('first-input', time);
}

const read = (person: Person): Promise<Vitals> =>
  person.page.evaluate(async () => {
    // Two frames later, what was pressed last has been painted and reported.
    for (let i = 0; i < 2; i++) await new Promise((painted) => requestAnimationFrame(painted));
    await new Promise((idle) => requestIdleCallback(idle));
    return (window as unknown as { vitals: Vitals }).vitals;
  });

/** Interaction to next paint: the worst one; of fifty or more, the one that 98 of a hundred do not exceed. */
function inp(interactions: readonly number[]): number {
  const worst = interactions.toSorted((a, b) => b - a);
  return worst[Math.min(worst.length - 1, Math.floor(worst.length / 50))] ?? 16;
}

/** Somebody comes by a slow line and a slow machine, reads, writes, and looks into a menu and a panel. */
async function visit(person: Person, kind: AppKind, id: string, words: string): Promise<Vitals> {
  const { page } = person;
  await page.addInitScript(note);
  const chrome = await page.context().newCDPSession(page);
  await chrome.send('Network.enable');
  await chrome.send('Network.emulateNetworkConditions', SLOW_4G);
  await chrome.send('Emulation.setCPUThrottlingRate', { rate: CPU });
  await person.open(kind, id);
  await person.sees('Saved');
  await read(person);
  await person.app(kind).add(words);
  await person.app(kind).goOn(' and so on');
  const more = page.getByRole('banner').getByRole('button', { name: 'More', exact: true });
  await more.click();
  await page.getByRole('menu').waitFor();
  await page.keyboard.press('Escape');
  const comments = new CommentsPanel(person);
  await comments.open();
  await page.keyboard.press('Escape');
  await person.undo();
  return read(person);
}

const median = (values: readonly number[]): number =>
  values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;

for (const kind of APP_KINDS) {
  test(`${kind}: web vitals on a slow phone`, async ({ people, id }, info) => {
    test.setTimeout(120_000 + LOADS * 90_000);
    const [writer] = (await people(1)) as [Person];
    await writer.open(kind, id);
    await fill(writer, kind);
    await converge([writer]);
    await writer.page.close();
    const seen: Vitals[] = [];
    for (let load = 0; load < LOADS; load++) {
      const [visitor] = (await people(1)) as [Person];
      seen.push(await visit(visitor, kind, id, `The quick brown fox ${load}`));
      await visitor.page.close();
    }
    const figures = [
      { figure: 'LCP', unit: 'ms', values: seen.map(({ lcp }) => Math.round(lcp)) },
      { figure: 'CLS', unit: '', values: seen.map(({ cls }) => Number(cls.toFixed(4))) },
      {
        figure: 'INP',
        unit: 'ms',
        values: seen.map(({ interactions }) => inp(Object.values(interactions))),
      },
    ];
    const rows = figures.map(({ figure, unit, values }) => ({
      work: 'vitals',
      app: kind,
      figure,
      unit,
      median: median(values),
      n: values.length,
    }));
    if (VITALS_ROWS) for (const row of rows) appendFileSync(VITALS_ROWS, `${JSON.stringify(row)}\n`);
    // Figures to read, not to pass or fail by: they depend on the machine and on what else it does.
    const lines = rows.map((row) =>
      `vitals ${kind.padEnd(6)} ${row.figure} ${row.median} ${row.unit}`.trimEnd(),
    );
    console.log(lines.join('\n'));
    await info.attach('vitals', { body: lines.join('\n'), contentType: 'text/plain' });
  });
}
