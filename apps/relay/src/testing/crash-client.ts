import { counter, Doc, object } from '@concord/crdt';
import {
  Assembler,
  type Change,
  changeCrc,
  type Frame,
  newReplicaId,
  opsPackets,
  packets,
  type ReplicaId,
  VERSIONS,
} from '@concord/sync/protocol';
import { WebSocket } from 'ws';

const schema = object({ clicks: counter() });
/** Changes on the way at once. */
const WINDOW = 200;

/**
 * A writer who never stops: sends changes one after the other, notes which are acknowledged as durable, comes back
 * after each crash, and looks whether the relay still has them.
 */
export class CrashClient {
  readonly room: string;
  readonly replica: ReplicaId = newReplicaId();
  /** The checksum of each change ever made; its place is the change's first id. */
  readonly sums: number[] = [];
  /** The first id that no ACK covered. */
  durable = 0;
  /** What a relay did that it must not. */
  readonly broken: string[] = [];
  readonly #url: string;
  readonly #doc = new Doc(schema, { replica: this.replica });
  /** Changes not known to be durable. */
  #unsure: Change[] = [];
  #sent = 0;
  #ws: WebSocket | null = null;
  #isJoined = false;
  #isStopped = false;
  #told: () => void = () => {};

  constructor(url: string, room: string) {
    this.#url = url;
    this.room = room;
  }

  /** Opens a line; a refused one is tried again soon. */
  connect(): void {
    if (this.#isStopped) return;
    const ws = new WebSocket(this.#url, { perMessageDeflate: false });
    const assembler = new Assembler();
    this.#ws = ws;
    this.#isJoined = false;
    ws.on('open', () => this.#send({ type: 'hello', ...VERSIONS, replica: this.replica, token: null }));
    ws.on('message', (packet: Buffer) => {
      const frame = assembler.take(packet);
      if (frame) this.#hear(frame);
    });
    ws.on('error', () => {});
    ws.on('close', () => {
      this.#isJoined = false;
      if (!this.#isStopped) setTimeout(() => this.connect(), 20);
    });
  }

  /** Makes `count` more changes, unless many wait already, and sends what the window allows. */
  write(count: number): void {
    if (this.#unsure.length > 2 * WINDOW) return;
    for (let i = 0; i < count; i++) {
      const change = this.#doc.change(({ clicks }) => clicks.increment(1));
      if (!change) throw new Error('no change was made');
      this.sums[change.from] = changeCrc(change);
      this.#unsure.push(change);
    }
    this.#flush();
  }

  /** Resolves when at least `count` changes are acknowledged. */
  async reached(count: number): Promise<void> {
    while (this.durable < count) {
      await new Promise<void>((resolve) => {
        this.#told = resolve;
      });
    }
  }

  stop(): void {
    this.#isStopped = true;
    this.#ws?.terminate();
  }

  #hear(frame: Frame): void {
    switch (frame.type) {
      case 'welcome':
        this.#send({ type: 'join', handle: 1, room: this.room, epoch: '', version: this.#doc.version });
        break;
      case 'joined': {
        const there = frame.version.get(this.replica) ?? 0;
        if (there < this.durable)
          this.broken.push(`${this.room} ${this.replica}: ${this.durable} were durable, ${there} are there`);
        this.#isJoined = true;
        this.#know(there);
        this.#sent = 0;
        this.#flush();
        break;
      }
      case 'ack':
        if (frame.level === 'durable') this.#know(frame.version.get(this.replica) ?? 0);
        this.#flush();
        break;
      case 'reject':
        if (frame.code === 'rate') setTimeout(() => this.#again(), frame.retryAfter);
        else if (frame.code === 'gap') this.#again();
        else this.broken.push(`${this.room}: ${JSON.stringify(frame)}`);
        break;
      default:
        break;
    }
  }

  #again(): void {
    this.#sent = 0;
    this.#flush();
  }

  #know(next: number): void {
    if (next <= this.durable) return;
    this.durable = next;
    const known = this.#unsure.findIndex(({ to }) => to > next);
    const count = known < 0 ? this.#unsure.length : known;
    this.#unsure = this.#unsure.slice(count);
    this.#sent = Math.max(0, this.#sent - count);
    this.#told();
  }

  #flush(): void {
    if (!this.#isJoined) return;
    const ready = this.#unsure.slice(this.#sent, WINDOW);
    if (ready.length === 0) return;
    this.#sent += ready.length;
    for (const packet of opsPackets(1, ready)) this.#ws?.send(packet);
  }

  #send(frame: Frame): void {
    for (const packet of packets(frame)) this.#ws?.send(packet);
  }
}
