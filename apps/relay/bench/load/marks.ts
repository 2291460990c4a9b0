const TILDE = 0x7e;
const DIGITS = 7;

/** Follows edits through servers that cut, merge and wrap them: each carries a mark of its own in its text. */
export class Marks {
  readonly #sentAt: number[] = [];
  readonly #author: number[] = [];
  readonly #expected: number[] = [];
  /** Milliseconds from each send to each delivery at somebody else. */
  readonly latencies: number[] = [];
  #missing = 0;

  /** Deliveries that have not come. */
  get missing(): number {
    return this.#missing;
  }

  /** The text of edit `id` by client `author`, to be seen by so many others. */
  make(id: number, author: number, others: number): string {
    this.#author[id] = author;
    this.#expected[id] = others;
    return `~${id.toString(16).padStart(DIGITS, '0')}`;
  }

  sent(id: number, now: number): void {
    this.#sentAt[id] = now;
    this.#missing += this.#expected[id] ?? 0;
  }

  /** Counts what stands in a packet that came to `client`. */
  hear(client: number, packet: Buffer): void {
    const now = performance.now();
    for (let at = packet.indexOf(TILDE); at >= 0; at = packet.indexOf(TILDE, at + 1)) {
      const id = digits(packet, at + 1);
      if (id < 0 || this.#author[id] === client || this.#sentAt[id] === undefined) continue;
      this.latencies.push(now - (this.#sentAt[id] as number));
      this.#missing--;
    }
  }
}

/** The number at `at`, or -1 if none stands there. */
function digits(packet: Buffer, at: number): number {
  let value = 0;
  for (let i = at; i < at + DIGITS; i++) {
    const c = packet[i] ?? 0;
    const digit = c >= 48 && c <= 57 ? c - 48 : c >= 97 && c <= 102 ? c - 87 : -1;
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}
