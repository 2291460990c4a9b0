/** One event of a stream as WHATWG's "server-sent events" have it, `id` and `retry` left out. */
export interface StreamEvent {
  /** Empty: a plain message. */
  readonly name: string;
  readonly data: string;
}

/** The longest line that is waited for, in UTF-16 units: a packet in base64, and some. */
const MAX_LINE = 512 * 1024;

/** Puts events together out of pieces of text that may end anywhere. */
export class EventStream {
  #rest = '';
  #name = '';
  #data: string[] = [];

  /** The events that this piece completes. Throws RangeError on a line beyond all measure. */
  take(text: string): readonly StreamEvent[] {
    const lines = (this.#rest + text).split('\n');
    this.#rest = lines.pop() ?? '';
    if (this.#rest.length > MAX_LINE) throw new RangeError('an endless line in the event stream');
    return lines.flatMap((line) => this.#line(line.endsWith('\r') ? line.slice(0, -1) : line));
  }

  #line(line: string): readonly StreamEvent[] {
    if (line === '') {
      const event = { name: this.#name, data: this.#data.join('\n') };
      const isEmpty = this.#data.length === 0;
      this.#name = '';
      this.#data = [];
      return isEmpty ? [] : [event];
    }
    const [, field = '', value = ''] = /^([^:]*):? ?(.*)$/s.exec(line) ?? [];
    if (field === 'event') this.#name = value;
    if (field === 'data') this.#data.push(value);
    return [];
  }
}
