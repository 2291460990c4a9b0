import { WebSocket } from 'ws';
import { type DialectName, type Speaker, speak } from './dialects.ts';

/** Connections being opened at once. */
const OPENING = 100;
const JOIN_WITHIN = 120_000;

export interface Listener {
  /** Something of the document came to somebody who is joining. */
  brought?(room: string): void;
  /** A packet with content came. */
  content?(client: Client, packet: Buffer): void;
  /** So many of the client's sends are acknowledged in all. */
  acknowledged?(client: Client, total: number): void;
}

/** One connection, joined to one room. */
export interface Client {
  readonly index: number;
  readonly speaker: Speaker;
  readonly joinMilliseconds: number;
  acknowledged: number;
  send(packet: Uint8Array): void;
  end(): void;
}

/** Clients of one server, and what went wrong with any of them. */
export class Crowd {
  readonly #server: DialectName;
  readonly #port: number;
  readonly #listener: Listener;
  readonly #open = new Set<Client>();
  #count = 0;
  /** Connections that ended without being asked to. */
  readonly lost: string[] = [];

  constructor(server: DialectName, port: number, listener: Listener = {}) {
    this.#server = server;
    this.#port = port;
    this.#listener = listener;
  }

  /** Opens a connection for each room named, a hundred at a time. */
  async join(rooms: readonly string[], atOnce = OPENING): Promise<readonly Client[]> {
    const clients: Client[] = [];
    let next = 0;
    const worker = async (): Promise<void> => {
      for (let i = next++; i < rooms.length; i = next++) clients[i] = await this.open(rooms[i] as string);
    };
    await Promise.all(Array.from({ length: Math.min(atOnce, rooms.length) }, worker));
    return clients;
  }

  open(room: string): Promise<Client> {
    const speaker = speak(this.#server, room);
    const began = performance.now();
    const index = this.#count++;
    return new Promise((resolve, reject) => {
      const ws = new WebSocket(`ws://127.0.0.1:${this.#port}${speaker.path}`, {
        perMessageDeflate: false,
        maxPayload: 0,
        // A range of its own of ports for every few thousand connections.
        localAddress: `127.0.0.${2 + (index % 8)}`,
      });
      let client: Client | null = null;
      const late = setTimeout(() => fail('no answer to the join'), JOIN_WITHIN);
      const fail = (why: string): void => {
        clearTimeout(late);
        if (!client) reject(new Error(`${this.#server} ${room}: ${why}`));
        else if (this.#open.delete(client)) this.lost.push(why);
      };
      ws.on('open', () => {
        for (const packet of speaker.greet()) ws.send(packet);
      });
      ws.on('error', (error) => fail(error.message));
      ws.on('close', (code, reason) => fail(`closed ${code} ${reason.toString()}`));
      ws.on('message', (packet: Buffer) => {
        const heard = speaker.hear(packet);
        if (heard.type === 'reply') for (const answer of heard.packets) ws.send(answer);
        else if (heard.type === 'content' && client) this.#listener.content?.(client, packet);
        else if (heard.type === 'content') this.#listener.brought?.(room);
        else if (heard.type === 'acknowledged' && client) {
          client.acknowledged = heard.total;
          this.#listener.acknowledged?.(client, heard.total);
        } else if (heard.type === 'joined' && !client) {
          clearTimeout(late);
          client = {
            index,
            speaker,
            joinMilliseconds: performance.now() - began,
            acknowledged: 0,
            send: (bytes) => ws.send(bytes),
            end: () => {
              if (client) this.#open.delete(client);
              ws.close();
            },
          };
          this.#open.add(client);
          resolve(client);
        }
      });
    });
  }

  /** Fills a room with a document and stays there: some servers forget a room that everyone left. */
  async fill(room: string, bytes: number): Promise<Client> {
    const author = await this.open(room);
    const packets = author.speaker.document(bytes);
    for (const packet of packets) {
      author.send(packet);
      await new Promise((resolve) => setImmediate(resolve));
    }
    // What is joined after it is in the order of the line behind it, so that joining proves that it is there.
    const witness = await this.open(room);
    witness.end();
    return author;
  }
}
