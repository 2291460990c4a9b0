import type { ClientEvent } from './client-types.ts';
import { Assembler, DecodeError, MAX_SNAPSHOT } from './protocol/index.ts';
import type { Transport, TransportFactory } from './transport.ts';

/** Who this is, as the relay wants it shown. `fresh`: the last one was refused, or is about to end. */
export type TokenSource = (fresh: boolean) => Promise<string | null> | string | null;

/** The line of the moment: opens transports, puts packets together, and keeps what a former line still says from being heard. */
export class Line {
  readonly #factory: TransportFactory;
  readonly #token: TokenSource;
  readonly #tell: (event: ClientEvent) => void;
  #transport: Transport | null = null;
  #number = 0;

  constructor(factory: TransportFactory, token: TokenSource, tell: (event: ClientEvent) => void) {
    this.#factory = factory;
    this.#token = token;
    this.#tell = tell;
  }

  /** What carries the line, for a person; null while there is none. */
  get name(): string | null {
    return this.#transport?.name ?? null;
  }

  /** Opens a line in place of the one before. */
  open(fresh: boolean): void {
    this.close();
    const number = this.#number;
    const token = this.#token(fresh);
    if (token === null || typeof token === 'string') {
      this.#connect(number, token);
      return;
    }
    token.then(
      (text) => number === this.#number && this.#connect(number, text),
      (error: unknown) => {
        if (number === this.#number) this.#tell({ type: 'closed', code: 1006, reason: String(error) });
      },
    );
  }

  /** Gets a fresh token for the line as it is. */
  async refresh(): Promise<void> {
    const number = this.#number;
    const token = await Promise.resolve(this.#token(true)).catch(() => null);
    if (token !== null && number === this.#number) this.#tell({ type: 'token', token });
  }

  send(packets: readonly Uint8Array[]): void {
    for (const packet of packets) this.#transport?.send(packet);
  }

  close(): void {
    this.#number++;
    this.#transport?.close();
    this.#transport = null;
  }

  #connect(number: number, token: string | null): void {
    const assembler = new Assembler({ message: MAX_SNAPSHOT, snapshot: MAX_SNAPSHOT });
    const tell = (event: ClientEvent): void => {
      if (number === this.#number) this.#tell(event);
    };
    this.#transport = this.#factory({
      opened: () => tell({ type: 'opened', token }),
      closed: (code, reason) => tell({ type: 'closed', code, reason }),
      packet: (packet) => {
        if (number !== this.#number) return;
        const bytes = packet.length;
        try {
          const frame = assembler.take(packet);
          tell(frame ? { type: 'frame', frame, bytes } : { type: 'heard', bytes });
        } catch (error) {
          if (!(error instanceof DecodeError)) throw error;
          this.#transport?.close();
          tell({ type: 'closed', code: 1007, reason: error.message });
        }
      },
    });
  }
}
