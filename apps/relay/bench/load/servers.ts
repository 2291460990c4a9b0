import { createServer } from 'node:http';
import { type WebSocket, WebSocketServer } from 'ws';
import type { DialectName } from './dialects.ts';

/**
 * Starts a server on a loopback port, its data in `folder`, as its makers would have it run, and without persistence except ours. Each loads
 * its own libraries only: their code would count as its memory.
 */
export function serve(name: DialectName, port: number, folder: string): Promise<void> {
  switch (name) {
    case 'concord':
      return concord(port, folder);
    case 'hocuspocus':
      return hocuspocus(port);
    case 'y-websocket':
      return yWebSocket(port);
    case 'ws':
      return bareWs(port);
  }
}

/** With its log on a real disk and every limit that protects from strangers lifted: the generator is one address. */
async function concord(port: number, folder: string): Promise<void> {
  const { readConfig, startRelay } = await import('../../src/index.ts');
  await startRelay(readConfig({ PORT: String(port), DATA_DIR: folder }));
}

async function hocuspocus(port: number): Promise<void> {
  const { Server } = await import('@hocuspocus/server');
  await new Server({ port, address: '127.0.0.1', quiet: true }).listen();
}

async function yWebSocket(port: number): Promise<void> {
  const { setupWSConnection } = await import('@y/websocket-server/utils');
  await webSockets(port, (ws, url) =>
    setupWSConnection(ws, { url } as unknown as Parameters<typeof setupWSConnection>[1]),
  );
}

/** Nobody can do less and still pass messages on. */
async function bareWs(port: number): Promise<void> {
  const rooms = new Map<string, { readonly members: Set<WebSocket>; sent: Buffer[] }>();
  await webSockets(port, (ws, url) => {
    const room = rooms.get(url) ?? { members: new Set(), sent: [] };
    rooms.set(url, room);
    room.members.add(ws);
    ws.on('message', (data: Buffer) => {
      if (data[0] === 0x4a) {
        if (room.sent.length > 1) room.sent = [Buffer.concat(room.sent)];
        ws.send(Buffer.concat([data, ...room.sent]));
        return;
      }
      // Only what fills a room before the others come is kept.
      if (room.members.size === 1) room.sent.push(data);
      for (const member of room.members) if (member !== ws) member.send(data);
    });
    ws.on('close', () => {
      room.members.delete(ws);
      if (room.members.size === 0) rooms.delete(url);
    });
  });
}

async function webSockets(port: number, attend: (ws: WebSocket, url: string) => void): Promise<void> {
  const server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on('connection', (ws, request) => {
    ws.on('error', () => {});
    attend(ws, request.url ?? '/');
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', 4096, resolve);
  });
}
