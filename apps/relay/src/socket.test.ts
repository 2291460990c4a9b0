import { type Duplex, PassThrough, Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, it } from 'vitest';
import type { WebSocket } from 'ws';
import { Outgoing } from './outgoing.ts';
import { WsSocket } from './socket.ts';

/** A socket, and what came out of it: each write, and the close after them. */
function socket() {
  const seen: string[] = [];
  const stream = new PassThrough();
  stream.on('data', (bytes: Buffer) => seen.push(bytes.toString('hex')));
  const ws = {
    OPEN: 1,
    readyState: 1,
    close: (code: number) => {
      ws.readyState = 2;
      seen.push(String(code));
    },
  };
  return { seen, ws, line: new WsSocket(ws as unknown as WebSocket, stream) };
}

it('what is sent in one turn is one write, in order', async () => {
  const { seen, line } = socket();
  for (const byte of [1, 2, 3]) line.send(Uint8Array.of(byte));
  expect(line.buffered).toBe(9);
  expect(seen).toEqual([]);
  await turn();
  expect(seen).toEqual(['820101' + '820102' + '820103']);
  expect(line.buffered).toBe(0);
  line.send(Uint8Array.of(4));
  await turn();
  expect(seen).toHaveLength(2);
});

it('what was sent before a close goes out before it, and nothing after', async () => {
  const { seen, line } = socket();
  line.send(Uint8Array.of(1));
  line.close(4400, '');
  line.send(Uint8Array.of(2));
  await turn();
  expect(seen).toEqual(['820101', '4400']);
});

it('much at once is not copied together, and stays in order', async () => {
  const { seen, line } = socket();
  const packets = [1, 2, 3].map((byte) => new Uint8Array(10_000).fill(byte));
  for (const packet of packets) line.send(packet);
  await turn();
  expect(seen.join('')).toBe(
    packets.map((packet) => `827e2710${Buffer.from(packet).toString('hex')}`).join(''),
  );
});

it.each([
  ['large', 20_000],
  ['small', 1_000],
])('megabytes in one turn, in %s packets, do not cut off a line that takes them', (_, size) => {
  let taken = 0;
  const stream = new Writable({
    write(bytes: Buffer, _encoding, done) {
      taken += bytes.length;
      done();
    },
    writev(chunks, done) {
      for (const { chunk } of chunks) taken += (chunk as Buffer).length;
      done();
    },
  });
  const ws = { OPEN: 1, readyState: 1 } as unknown as WebSocket;
  let isCutOff = false;
  const out = new Outgoing(new WsSocket(ws, stream as unknown as Duplex), () => {
    isCutOff = true;
  });
  const count = 5_000_000 / size;
  for (let i = 0; i < count; i++) out.send([new Uint8Array(size)]);
  expect(isCutOff).toBe(false);
  // All but what waits for the end of the turn.
  expect(taken).toBeGreaterThan(4_900_000);
});
