// @vitest-environment happy-dom
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { type Chart, type ChartBar, type ChartWindow, createChart } from './frappe-chart.ts';
import { DAY_WIDTH, HEADER_HEIGHT, ROW_HEIGHT } from './scale.ts';

const MONDAY = 20_458; // 2026-01-05

const bar = (row: number, more: Partial<ChartBar> = {}): ChartBar => ({
  row,
  name: `Task ${row}`,
  start: MONDAY + row,
  finish: MONDAY + row + 2,
  progress: 50,
  look: 'cc-gantt-bar--plain',
  point: null,
  ...more,
});
const view = (bars: ChartBar[], more: Partial<ChartWindow> = {}): ChartWindow => ({
  zoom: 'day',
  first: MONDAY - 14,
  end: MONDAY + 42,
  height: 2000,
  bars,
  ...more,
});

let chart: Chart | undefined;
let host: HTMLElement;
function draw(window: ChartWindow): Chart {
  host = document.body.appendChild(document.createElement('div'));
  chart = createChart(host, window);
  return chart;
}
const drawn = (): { x: number; y: number; width: number; text: string }[] =>
  [...host.querySelectorAll('.bar-wrapper')].map((group) => {
    const rect = group.querySelector('.bar');
    const of = (name: string): number => Number(rect?.getAttribute(name));
    return {
      x: of('x'),
      y: of('y'),
      width: of('width'),
      text: group.querySelector('text')?.textContent ?? '',
    };
  });

beforeAll(() => {
  // happy-dom lays nothing out.
  Object.assign(SVGElement.prototype, { getBBox: () => ({ x: 0, y: 0, width: 40, height: 10 }) });
});
afterEach(() => {
  chart?.destroy();
  document.body.replaceChildren();
});

describe('names are text, whatever they hold', () => {
  it.each([
    '<img src=x onerror="window.hacked=1">',
    '<script>window.hacked=1</script>',
    '</text><foreignObject><img src=x onerror=window.hacked=1></foreignObject>',
    '"><animate onbegin=window.hacked=1 attributeName=x dur=1s>',
    '&lt;b&gt; &amp;',
    "a'b & c",
  ])('%s', (name) => {
    const painter = draw(view([bar(0, { name })]));
    const label = (): Element | null => host.querySelector('.bar-label');
    expect(label()?.textContent).toBe(name);
    expect(label()?.childElementCount).toBe(0);
    painter.show(view([bar(0, { name: `${name}!` })]));
    expect(label()?.textContent).toBe(`${name}!`);
    expect(label()?.childElementCount).toBe(0);
    expect(host.querySelector('img, script, foreignObject, animate')).toBeNull();
  });
});

describe('bars', () => {
  it('lie on the pixels of their days and rows, the last day included', () => {
    draw(view([bar(0), bar(1)]));
    const day = DAY_WIDTH.day;
    expect(drawn().map(({ x, y, width }) => [x, y, width])).toEqual([
      [14 * day, HEADER_HEIGHT + 8, 3 * day],
      [15 * day, HEADER_HEIGHT + ROW_HEIGHT + 8, 3 * day],
    ]);
  });

  it('lie on their days across a change of clocks', () => {
    const spring = 20_541; // 2026-03-29, when clocks go forward in Europe
    draw(view([bar(0, { start: spring - 2, finish: spring + 3 })], { first: spring - 6, end: spring + 15 }));
    expect(drawn()[0]).toMatchObject({ x: 4 * DAY_WIDTH.day, width: 6 * DAY_WIDTH.day });
  });

  it('stand on their own rows in a window that scrolls, and only those that came in are drawn', () => {
    const painter = draw(view([0, 1, 2, 3].map((row) => bar(row))));
    const groups = [...host.querySelectorAll('.bar-wrapper')];
    painter.show(view([1, 2, 3, 4].map((row) => bar(row))));
    expect([...host.querySelectorAll('.bar-wrapper')]).toEqual(groups);
    expect(drawn().map(({ text }) => text)).toEqual(['Task 4', 'Task 1', 'Task 2', 'Task 3']);
    expect(drawn()[0]?.y).toBe(HEADER_HEIGHT + 4 * ROW_HEIGHT + 8);
  });

  it('keep their classes apart', () => {
    const painter = draw(view([bar(0, { look: 'one two' })]));
    painter.show(view([bar(0, { look: 'three' })]));
    expect(host.querySelector('.bar-wrapper')?.getAttribute('class')).toBe('bar-wrapper three');
  });

  it('of more than ten years are drawn, not dropped', () => {
    draw(view([bar(0, { finish: MONDAY + 9000 }), bar(1)]));
    expect(drawn()).toHaveLength(2);
  });
});

it('a plan without tasks, another zoom, other days: the same instance redraws', () => {
  const painter = draw(view([]));
  expect(drawn()).toEqual([]);
  for (const zoom of ['week', 'month', 'day'] as const) {
    painter.show(view([bar(0)], { zoom, first: MONDAY - 7, end: MONDAY + 49 }));
    expect(drawn()[0]).toMatchObject({ x: 7 * DAY_WIDTH[zoom], width: 3 * DAY_WIDTH[zoom] });
  }
  expect(host.querySelectorAll('.gantt-container')).toHaveLength(1);
});

it('listens to nothing on the document, and leaves no traces of a refresh behind', () => {
  const added = vi.spyOn(document, 'addEventListener');
  const painter = draw(view([bar(0)]));
  for (let i = 1; i < 20; i++) painter.show(view([bar(0, { progress: i })]));
  expect(added).not.toHaveBeenCalled();
  expect(host.querySelectorAll('.date-range-highlight, animate')).toHaveLength(0);
  expect(host.querySelectorAll('rect.bar')).toHaveLength(1);
  added.mockRestore();
});
