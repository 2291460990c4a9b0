// The measured process: one server, and its own account of what it costs. Ends with the process that started it.
import { readdirSync } from 'node:fs';
import type { DialectName } from './dialects.ts';
import { serve } from './servers.ts';

/** What a server costs, by its own reckoning: microseconds of all its threads and of the main one, and bytes. */
export interface Costs {
  readonly cpu: number;
  readonly mainCpu: number;
  readonly rss: number;
  readonly heap: number;
  readonly files: number;
}

const [name, port, folder = ''] = process.argv.slice(2);
process.on('disconnect', () => process.exit(0));
process.on('message', (ask: 'costs' | 'costs after gc') => {
  if (ask === 'costs after gc') for (let i = 0; i < 3; i++) globalThis.gc?.();
  const { user, system } = process.cpuUsage();
  const main = process.threadCpuUsage();
  const { rss, heapUsed, external } = process.memoryUsage();
  process.send?.({
    cpu: user + system,
    mainCpu: main.user + main.system,
    rss,
    heap: heapUsed + external,
    files: readdirSync('/proc/self/fd').length,
  } satisfies Costs);
});
await serve(name as DialectName, Number(port), folder);
process.send?.('ready');
