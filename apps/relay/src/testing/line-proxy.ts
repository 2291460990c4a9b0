import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/** What a way through the network does: `cut` ends what there is and refuses what comes, `swallow` does so without a word. */
export type ProxyMode = 'pass' | 'cut' | 'swallow';

/** A way to a port on this machine that a test can break. */
export interface LineProxy {
  readonly port: number;
  set(mode: ProxyMode): void;
  close(): Promise<void>;
}

export async function lineProxy(target: number): Promise<LineProxy> {
  let mode: ProxyMode = 'pass';
  const sockets = new Set<Socket>();
  const keep = (socket: Socket, other: () => Socket | null): void => {
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('data', (data) => mode === 'pass' && other()?.write(data));
    socket.on('close', () => {
      sockets.delete(socket);
      if (mode !== 'swallow') other()?.destroy();
    });
  };
  const server = createServer((near) => {
    if (mode === 'cut') {
      near.destroy();
      return;
    }
    const far = mode === 'pass' ? connect(target, '127.0.0.1') : null;
    keep(near, () => far);
    if (far) keep(far, () => near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const endAll = (): void => {
    for (const socket of [...sockets]) socket.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    set: (next) => {
      mode = next;
      if (next === 'cut') endAll();
    },
    close: async () => {
      endAll();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
