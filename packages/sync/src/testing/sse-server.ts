import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { unpackBody } from '../protocol/index.ts';
import type { Accept } from '../transports/memory.ts';

/** A server of `GET /sse` and `POST /sse/SESSION`, each line of which goes to `accept`. For tests, on this machine only. */
export async function sseServer(accept: Accept): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const sessions = new Map<string, ReturnType<Accept>>();
  const server = createServer((request, response) => {
    const session = request.url?.split('/')[2];
    if (session === undefined) openStream(sessions, accept, response);
    else void take(sessions.get(session), request, response);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/sse`, stop: () => stop(server) };
}

function openStream(
  sessions: Map<string, ReturnType<Accept>>,
  accept: Accept,
  response: ServerResponse,
): void {
  const id = String(sessions.size);
  response.writeHead(200, { 'Content-Type': 'text/event-stream' });
  // Other line ends, comments and unknown fields are allowed, too.
  response.write(`: hello\r\nretry: 5\r\nevent: session\r\ndata: ${id}\r\n\r\n`);
  const end = accept({
    send: (packet) => response.write(`data:${Buffer.from(packet).toString('base64')}\n\n`),
    close: (code, reason) => response.end(`event: close\ndata: ${code} ${reason}\n\n`),
  });
  sessions.set(id, end);
  response.on('close', () => end.closed());
}

async function take(
  line: ReturnType<Accept> | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk as Uint8Array);
  if (line) for (const packet of unpackBody(Buffer.concat(chunks))) line.packet(new Uint8Array(packet));
  response.writeHead(line ? 204 : 404).end();
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
