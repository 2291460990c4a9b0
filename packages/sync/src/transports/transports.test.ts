import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import { sseServer } from '../testing/sse-server.ts';
import { transportContract } from '../testing/transport-contract.ts';
import { fallbackTransport } from './fallback.ts';
import { type Accept, memoryNetwork } from './memory.ts';
import { simulatedNetwork } from './simulated-network.ts';
import { sseTransport } from './sse.ts';
import { webSocketTransport } from './web-socket.ts';

const echo: Accept = (line) => ({
  packet: (bytes) => (bytes.length === 0 ? line.close(4400, 'empty') : line.send(bytes)),
  closed: () => {},
});
const memory = memoryNetwork(echo).transport;
const stop = async (): Promise<void> => {};

transportContract('memoryNetwork', async () => ({ transport: memory, stop }));

transportContract('fallbackTransport', async () => ({ transport: fallbackTransport([memory]), stop }));

transportContract('simulatedNetwork', async () => ({ transport: simulatedNetwork(memory).transport, stop }));

transportContract('a slow simulatedNetwork', async () => {
  const network = simulatedNetwork(memory);
  network.set({ delay: 2, jitter: 3, rate: 100e6, loss: 0, cut: false });
  return { transport: network.transport, stop };
});

transportContract('sseTransport', async () => {
  const server = await sseServer(echo);
  return { transport: sseTransport(server.url), stop: server.stop };
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
