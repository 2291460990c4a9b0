/** The parts of frappe-gantt 1.2.2 that `frappe-chart.ts` uses or overrides; the package ships no types. */
declare module 'frappe-gantt' {
  export interface FrappeTask {
    id: string;
    name: string;
    /** Local midnight of the first day. */
    start: Date;
    /** Local midnight of the last day, inclusive. */
    end: Date;
    progress: number;
    /** Set by the library: start, and the end of the last day. */
    _start?: Date;
    _end?: Date;
    /** Set by the library: the row on which it draws. */
    _index?: number;
  }

  export interface FrappeBar<T> {
    group: SVGGElement;
    $bar: SVGRectElement;
    task: T;
    bind(): void;
    refresh(): void;
    update_label_position(): void;
  }

  export interface FrappeViewMode {
    name: string;
    /** Ours: how many days `step` is. */
    days: number;
    step: string;
    column_width: number;
    date_format: string;
    upper_text(date: Date): string;
    lower_text(date: Date): string;
    thick_line?(date: Date): boolean;
  }

  /** A column of the header. */
  export interface FrappeColumn {
    date: Date;
    /** Part of a class name. */
    formatted_date: string;
    column_width: number;
    x: number;
    upper_text: string;
    lower_text: string;
    upper_y: number;
    lower_y: number;
  }

  export interface FrappeOptions {
    arrow_curve?: number;
    bar_height?: number;
    bar_corner_radius?: number;
    padding?: number;
    container_height?: number | 'auto';
    upper_header_height?: number;
    lower_header_height?: number;
    holidays?: Record<string, never>;
    infinite_padding?: boolean;
    lines?: 'none' | 'vertical' | 'horizontal' | 'both';
    move_dependencies?: boolean;
    popup?: false;
    readonly?: boolean;
    scroll_to?: null;
    today_button?: boolean;
    view_mode?: string;
    view_modes?: FrappeViewMode[];
  }

  export default class Gantt<T extends FrappeTask> {
    constructor(wrapper: HTMLElement, tasks: T[], options: FrappeOptions);
    readonly $svg: SVGSVGElement;
    readonly $container: HTMLElement;
    readonly $lower_header: HTMLElement;
    readonly options: FrappeOptions;
    readonly config: { column_width: number; date_format: string; view_mode: FrappeViewMode };
    gantt_start: Date;
    gantt_end: Date;
    dates: Date[];
    tasks: T[];
    bars: FrappeBar<T>[];
    refresh(tasks: T[]): void;
    change_view_mode(mode?: string): void;
    protected setup_gantt_dates(refresh?: boolean): void;
    protected get_date_info(date: Date, last: FrappeColumn | null): FrappeColumn;
    protected make_bars(): void;
    protected make_grid_highlights(): void;
    protected bind_events(): void;
    protected set_dimensions(): void;
    protected set_scroll_position(): void;
    protected show_popup(): void;
  }
}
