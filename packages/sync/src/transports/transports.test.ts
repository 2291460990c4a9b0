import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { transportContract } from '../testing/transport-contract.ts';
import { memoryNetwork } from './memory.ts';
import { webSocketTransport } from './web-socket.ts';

transportContract('memoryNetwork', async () => {
  const { transport } = memoryNetwork((line) => {
    return {
      packet: (bytes) => (bytes.length === 0 ? line.close(4400, 'empty') : line.send(bytes)),
      closed: () => {},
    };
  });
  return { transport, stop: async () => {} };
});

transportContract('webSocketTransport', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await new Promise((resolve) => server.once('listening', resolve));
  server.on('connection', (ws) => {
    ws.on('error', () => {});
    ws.on('message', (data: Buffer) => (data.length === 0 ? ws.close(4400, 'empty') : ws.send(data)));
  });
  return {
    transport: webSocketTransport(`ws://127.0.0.1:${(server.address() as AddressInfo).port}`),
    stop: async () => {
      for (const ws of server.clients) ws.terminate();
      await new Promise((resolve) => server.close(resolve));
    },
  };
});
