import Gantt, {
  type FrappeBar,
  type FrappeColumn,
  type FrappeOptions,
  type FrappeTask,
  type FrappeViewMode,
} from 'frappe-gantt';
import { type Day, fromLocalDate, toLocalDate } from '../civil.ts';
import { escapeMarkup } from './escape.ts';
import {
  BAR_HEIGHT,
  byLocalDate,
  COLUMNS,
  DAY_WIDTH,
  LOWER_HEADER,
  ROW_HEIGHT,
  UPPER_HEADER,
  ZOOMS,
  type Zoom,
} from './scale.ts';

/** A bar as the chart draws it. */
export interface ChartBar {
  /** Counted from 0 over the whole plan. */
  readonly row: number;
  readonly name: string;
  readonly start: Day;
  /** Inclusive. */
  readonly finish: Day;
  readonly progress: number;
  /** CSS classes. */
  readonly look: string;
  /** A milestone stands at the morning (0) or the evening (1) of its day; null for a bar. */
  readonly point: 0 | 1 | null;
}

/** What to draw: the rows in view and the days in view. */
export interface ChartWindow {
  readonly zoom: Zoom;
  /** A Monday. */
  readonly first: Day;
  /** The day after the last. */
  readonly end: Day;
  /** Pixels, the header included. */
  readonly height: number;
  /** Of consecutive rows. */
  readonly bars: readonly ChartBar[];
}

export interface Chart {
  /** Draws `window`: only the bars that changed, unless the days or the number of rows did. */
  show(window: ChartWindow): void;
  destroy(): void;
}

// Not plain `month`: the library stretches the columns of modes with such names.
const modeName = (zoom: Zoom): string => `zoom-${zoom}`;

const modeOf = (zoom: Zoom): FrappeViewMode => ({
  name: modeName(zoom),
  days: COLUMNS[zoom].step,
  step: `${COLUMNS[zoom].step}d`,
  column_width: COLUMNS[zoom].step * DAY_WIDTH[zoom],
  date_format: 'YYYY-MM-DD',
  upper_text: byLocalDate(COLUMNS[zoom].upper),
  lower_text: byLocalDate(COLUMNS[zoom].lower),
  thick_line: byLocalDate(COLUMNS[zoom].thick),
});

/** frappe-gantt drops tasks of more than ten years, and takes one step a day of a bar. */
const LONGEST = 3000;

interface PaintedTask extends FrappeTask {
  row: number;
  look: string;
  point: ChartBar['point'];
}

/** frappe-gantt rewrites ids and puts them into selectors: it gets the number of the slot, never a key of ours. */
function taskOf(bar: ChartBar, slot: number): PaintedTask {
  const finish = Math.min(Math.max(bar.finish, bar.start), bar.start + LONGEST);
  return {
    id: `row-${slot}`,
    name: escapeMarkup(bar.name),
    start: toLocalDate(bar.start),
    end: toLocalDate(finish),
    _start: toLocalDate(bar.start),
    _end: toLocalDate(finish + 1),
    progress: bar.progress,
    row: bar.row,
    look: bar.look,
    point: bar.point,
  };
}

interface PaintedOptions extends FrappeOptions {
  first: Day;
  end: Day;
}

/**
 * frappe-gantt as a painter only: grid, header, bars and labels. It gets no events (its listeners leak, know the
 * mouse alone, and move bars by rules of their own), no ids, no markup, and no say about the days in view.
 */
class PaintedGantt extends Gantt<PaintedTask> {
  declare readonly options: PaintedOptions;

  protected override setup_gantt_dates(): void {
    const { first, end } = this.options;
    this.gantt_start = toLocalDate(first);
    // The library adds columns until it has reached this day, whose column is the last.
    this.gantt_end = toLocalDate(end - this.config.view_mode.days);
    this.config.date_format = this.config.view_mode.date_format;
  }

  /** As the library's own, which makes two formatters for each column, for a class name that nobody asks for. */
  protected override get_date_info(date: Date, last: FrappeColumn | null): FrappeColumn {
    const { column_width, view_mode } = this.config;
    return {
      date,
      formatted_date: String(fromLocalDate(date)),
      column_width,
      x: last ? last.x + last.column_width : 0,
      upper_text: view_mode.upper_text(date),
      lower_text: view_mode.lower_text(date),
      upper_y: 17,
      lower_y: UPPER_HEADER + 5,
    };
  }

  protected override make_bars(): void {
    // It counts its own tasks, which are a window of ours.
    for (const task of this.tasks) task._index = task.row;
    super.make_bars();
    for (const bar of this.bars) {
      // Each refresh of a bar would bind its listeners once more, and place its label with a layout of its own.
      bar.bind = () => undefined;
      bar.update_label_position = () => undefined;
    }
    this.settle(this.bars);
  }

  /** Takes away what a fresh bar brings along, and places its label beside others in one layout. */
  settle(bars: readonly FrappeBar<PaintedTask>[]): void {
    for (const bar of bars) {
      // The library cannot take a list of classes, and never takes one away.
      bar.group.setAttribute('class', `bar-wrapper ${bar.task.look}`);
      // The bars would grow from nothing at every refresh.
      for (const each of bar.group.querySelectorAll('animate')) each.remove();
    }
    for (const each of this.$lower_header.querySelectorAll('.date-range-highlight')) each.remove();
    const labels = bars.flatMap((bar) => {
      const label = bar.group.querySelector('text');
      return label ? [{ label, bar, width: label.getBBox().width }] : [];
    });
    for (const { label, bar, width } of labels) {
      const left = Number(bar.$bar.getAttribute('x'));
      const room = Number(bar.$bar.getAttribute('width'));
      const { point } = bar.task;
      const beside = point !== null || width + 12 > room;
      label.classList.toggle('big', beside);
      if (point !== null) label.setAttribute('x', String(left + point * room + 24));
      else label.setAttribute('x', String(beside ? left + room + 18 : left + 8));
    }
  }

  protected override set_dimensions(): void {
    this.$svg.setAttribute('width', String(this.dates.length * this.config.column_width));
    // It sets a height of its own, and the header must stick over all rows, not over those in view.
    this.$container.style.height = '';
  }

  protected override make_grid_highlights(): void {}
  protected override bind_events(): void {}
  protected override set_scroll_position(): void {}
  protected override show_popup(): void {}
}

/** Draws into `host`, which should ignore the pointer and be hidden from assistive technology. */
export function createChart(host: HTMLElement, first: ChartWindow): Chart {
  let shown = first;
  const options: PaintedOptions = {
    first: first.first,
    end: first.end,
    bar_height: BAR_HEIGHT,
    bar_corner_radius: 4,
    padding: ROW_HEIGHT - BAR_HEIGHT,
    container_height: first.height,
    upper_header_height: UPPER_HEADER,
    lower_header_height: LOWER_HEADER,
    holidays: {},
    infinite_padding: false,
    lines: 'vertical',
    move_dependencies: false,
    popup: false,
    readonly: true,
    scroll_to: null,
    today_button: false,
    // The library starts with the first of its modes, whatever it was told.
    view_modes: [first.zoom, ...ZOOMS.filter((zoom) => zoom !== first.zoom)].map(modeOf),
  };
  let slots = inSlots(first.bars);
  const gantt = new PaintedGantt(host, slots.map(taskOf), options);

  return {
    show(next) {
      const before = { window: shown, slots };
      shown = next;
      slots = inSlots(next.bars);
      const sameGrid =
        before.window.zoom === next.zoom &&
        before.window.first === next.first &&
        before.window.end === next.end &&
        before.window.height === next.height &&
        before.slots.length === slots.length;
      if (!sameGrid) {
        gantt.options.first = next.first;
        gantt.options.end = next.end;
        gantt.options.container_height = next.height;
        gantt.options.view_mode = modeName(next.zoom);
        gantt.refresh(slots.map(taskOf));
        return;
      }
      const changed: FrappeBar<PaintedTask>[] = [];
      for (const [slot, bar] of slots.entries()) {
        const drawn = gantt.bars[slot];
        if (!drawn || sameBar(before.slots[slot], bar)) continue;
        Object.assign(drawn.task, taskOf(bar, slot));
        drawn.task._index = bar.row;
        drawn.refresh();
        changed.push(drawn);
      }
      if (changed.length > 0) gantt.settle(changed);
    },
    destroy() {
      host.replaceChildren();
    },
  };
}

/** Each row keeps its slot while it is in the window: a scroll draws only the rows that came in. */
function inSlots(bars: readonly ChartBar[]): ChartBar[] {
  return bars.toSorted((a, b) => (a.row % bars.length) - (b.row % bars.length));
}

const sameBar = (a: ChartBar | undefined, b: ChartBar): boolean =>
  a !== undefined &&
  a.row === b.row &&
  a.name === b.name &&
  a.start === b.start &&
  a.finish === b.finish &&
  a.progress === b.progress &&
  a.look === b.look &&
  a.point === b.point;
