import { createServer, type RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { sseServer } from '../testing/sse-server.ts';
import type { Transport } from '../transport.ts';
import { EventStream } from './event-stream.ts';
import { sseTransport } from './sse.ts';

describe('sseTransport', () => {
  const stops: (() => unknown)[] = [];
  afterEach(async () => {
    for (const stop of stops.splice(0)) await stop();
  });
  const serve = async (answer: RequestListener): Promise<string> => {
    const server = createServer(answer);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    stops.push(() => {
      server.closeAllConnections();
      server.close();
    });
    return `http://127.0.0.1:${(server.address() as AddressInfo).port}/sse`;
  };
  const closing = (url: string, onOpened = (_: Transport): void => {}) =>
    new Promise<string>((resolve) => {
      const line = sseTransport(url)({
        opened: () => onOpened(line),
        packet: () => {},
        closed: (code, reason) => resolve(`${code} ${reason}`),
      });
    });

  it('[E1] tells of a server that is not there, refuses, is busy, or hangs up', async () => {
    const gone = await serve(() => {});
    await stops.pop()?.();
    expect(await closing(gone)).toMatch(/^1006 /);
    expect(await closing(await serve((_, response) => response.writeHead(404).end()))).toBe('1006 HTTP 404');
    const busy = await serve((_, response) => response.writeHead(503, { 'Retry-After': '2' }).end());
    expect(await closing(busy)).toBe('1013 2000 busy');
    expect(await closing(await serve((_, response) => response.end('event: x\n')))).toMatch(/^1006 .*ended/);
  });

  it('[E2] a request that is refused ends the line: what was in it is lost, and both sides must compare notes', async () => {
    const url = await serve((request, response) => {
      if (request.method === 'POST') response.writeHead(404).end();
      else response.writeHead(200).write('event: session\ndata: 7\n\n');
    });
    expect(await closing(url, (line) => line.send(Uint8Array.of(1)))).toBe('1006 HTTP 404');
  });

  it('[E3] packets arrive in the order in which they were sent, however the requests are cut', async () => {
    const got: number[] = [];
    let done: () => void = () => {};
    const all = new Promise<void>((resolve) => {
      done = resolve;
    });
    const { url, stop } = await sseServer(() => ({
      packet: ([a = 0, b = 0]) => {
        if (got.push(a * 256 + b) === 300) done();
      },
      closed: () => {},
    }));
    stops.push(stop);
    const line = sseTransport(url)({
      opened: () => {
        for (let n = 0; n < 300; n++) {
          const packet = new Uint8Array(10_000);
          packet.set([n >> 8, n & 255]);
          if (n % 7) line.send(packet);
          else setImmediate(() => line.send(packet));
        }
      },
      packet: () => {},
      closed: () => {},
    });
    await all;
    line.close();
    const early = got.filter((n) => n % 7);
    expect(early).toEqual(early.toSorted((x, y) => x - y));
    expect(new Set(got).size).toBe(300);
  });
});

describe('an event stream', () => {
  const text =
    ': hi\r\nevent: session\r\ndata: 7\r\nid: 3\r\n\r\ndata:a\ndata: b\n\n\n\nevent: none\n\ndata: c\n\n';
  const events = [
    { name: 'session', data: '7' },
    { name: '', data: 'a\nb' },
    { name: '', data: 'c' },
  ];

  it('[E4] is read the same wherever it is cut', () => {
    for (let cut = 0; cut <= text.length; cut++) {
      const stream = new EventStream();
      expect([...stream.take(text.slice(0, cut)), ...stream.take(text.slice(cut))], `cut at ${cut}`).toEqual(
        events,
      );
    }
  });

  it('[E5] does not wait for an endless line', () => {
    const stream = new EventStream();
    expect(() => {
      for (let n = 0; n < 20; n++) stream.take('x'.repeat(100_000));
    }).toThrow(RangeError);
  });
});
