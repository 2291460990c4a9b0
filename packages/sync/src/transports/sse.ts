import { packBody } from '../protocol/index.ts';
import type { Transport, TransportFactory } from '../transport.ts';
import { EventStream, type StreamEvent } from './event-stream.ts';

const BROKEN = 1006;
const TRY_LATER = 1013;
/** The largest body of one request, in bytes, if it has more than one packet. */
const MAX_BODY = 512 * 1024;

/**
 * A line where WebSockets are blocked: server-sent events down from `url` (`http:` or `https:`), requests up to `url` and the session's id.
 * By fetch rather than EventSource, which tells neither status codes nor why it broke, and reconnects unasked.
 */
export function sseTransport(url: string): TransportFactory {
  return (events) => {
    const stop = new AbortController();
    let over = false;
    const end = (code: number, reason: string): void => {
      if (over) return;
      over = true;
      stop.abort();
      events.closed(code, reason);
    };
    const up = new Upstream(url, stop.signal, end);
    const hear = ({ name, data }: StreamEvent): void => {
      if (over) return;
      if (name === '') events.packet(fromBase64(data));
      else if (name === 'session') {
        up.session = data;
        events.opened();
      } else if (name === 'close') {
        const [code = '', ...reason] = data.split(' ');
        end(Number(code) || BROKEN, reason.join(' '));
      }
    };
    listen(url, stop.signal, hear).then(
      (refusal) => end(refusal?.code ?? BROKEN, refusal?.reason ?? 'the stream ended'),
      (error: unknown) => end(BROKEN, String(error)),
    );
    const line: Transport = {
      name: 'Server-sent events',
      send: (packet) => {
        if (!over) up.send(packet);
      },
      close: () => {
        over = true;
        stop.abort();
      },
    };
    return line;
  };
}

/** Hears the stream until it ends; tells what to close with if it never began. Rejects if it breaks. */
async function listen(
  url: string,
  signal: AbortSignal,
  hear: (event: StreamEvent) => void,
): Promise<{ code: number; reason: string } | null> {
  const headers = { Accept: 'text/event-stream' };
  const response = await fetch(url, { headers, signal, cache: 'no-store' });
  if (!response.ok || !response.body) return refusalOf(response);
  const stream = new EventStream();
  const text = new TextDecoder();
  for (const reader = response.body.getReader(); ; ) {
    const { done, value } = await reader.read();
    if (done) return null;
    for (const event of stream.take(text.decode(value, { stream: true }))) hear(event);
  }
}

/** Packets on their way up: one request at a time, so that they stay in order; what comes meanwhile goes together. */
class Upstream {
  session = '';
  readonly #url: string;
  readonly #signal: AbortSignal;
  readonly #failed: (code: number, reason: string) => void;
  #queue: Uint8Array[] = [];
  #isBusy = false;

  constructor(url: string, signal: AbortSignal, failed: (code: number, reason: string) => void) {
    this.#url = url;
    this.#signal = signal;
    this.#failed = failed;
  }

  send(packet: Uint8Array): void {
    this.#queue.push(packet);
    if (!this.#isBusy) void this.#run();
  }

  async #run(): Promise<void> {
    this.#isBusy = true;
    try {
      // What is sent in one turn goes in one request.
      await Promise.resolve();
      while (this.#queue.length > 0) {
        const body = packBody(this.#next()) as Uint8Array<ArrayBuffer>;
        const request = { method: 'POST', body, signal: this.#signal };
        const response = await fetch(`${this.#url}/${encodeURIComponent(this.session)}`, request);
        if (response.ok) continue;
        // What was in it is lost: the line with it, so that both sides compare notes.
        const { code, reason } = refusalOf(response);
        this.#failed(code, reason);
        return;
      }
    } catch (error) {
      this.#failed(BROKEN, String(error));
    } finally {
      this.#isBusy = false;
    }
  }

  #next(): readonly Uint8Array[] {
    let bytes = 0;
    let count = 0;
    for (const packet of this.#queue) {
      if (count > 0 && bytes + packet.length > MAX_BODY) break;
      bytes += packet.length;
      count++;
    }
    return this.#queue.splice(0, count);
  }
}

function refusalOf(response: Response): { code: number; reason: string } {
  const seconds = Number(response.headers.get('Retry-After'));
  if (response.status === 503 || response.status === 429) {
    return { code: TRY_LATER, reason: seconds > 0 ? `${seconds * 1_000} busy` : 'busy' };
  }
  return { code: BROKEN, reason: `HTTP ${response.status}` };
}

function fromBase64(text: string): Uint8Array {
  const binary = atob(text);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < bytes.length; i++) bytes[i] = binary.charCodeAt(i);
  return bytes;
}
