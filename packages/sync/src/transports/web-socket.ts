import type { TransportFactory } from '../transport.ts';

const BROKEN = 1006;
const NAME = 'WebSocket';

/** A line over a WebSocket at `url` (`ws:` or `wss:`; a browser also takes a path of the page's own host). */
export function webSocketTransport(url: string): TransportFactory {
  return (events) => {
    let over = false;
    let socket: WebSocket | null = null;
    const end = (code: number, reason: string): void => {
      if (over) return;
      over = true;
      events.closed(code, reason);
    };
    try {
      socket = new WebSocket(url);
    } catch (error) {
      // A malformed address, or a page that may not open one: the same as a line that breaks at once.
      queueMicrotask(() => end(BROKEN, String(error)));
      return { name: NAME, send: () => {}, close: () => end(BROKEN, '') };
    }
    const line = socket;
    line.binaryType = 'arraybuffer';
    line.onopen = () => {
      if (!over) events.opened();
    };
    line.onmessage = ({ data }) => {
      if (!over && data instanceof ArrayBuffer) events.packet(new Uint8Array(data));
    };
    line.onclose = ({ code, reason }) => end(code, reason);
    return {
      name: NAME,
      send: (packet) => {
        if (line.readyState === WebSocket.OPEN) line.send(packet as Uint8Array<ArrayBuffer>);
      },
      close: () => {
        over = true;
        line.close();
      },
    };
  };
}
