import type { RelayConfig } from './config.ts';
import { listen, type RelayHooks, type RunningRelay } from './server.ts';
import { ThreadedLog } from './threaded-log.ts';

export { ConfigError, type RelayConfig, readConfig } from './config.ts';
export type { RelayHooks, RunningRelay } from './server.ts';
export { LogError } from './sqlite-file.ts';

/** Starts a relay on its log. Rejects with LogError, or with the system's error if the port cannot be had. */
export async function startRelay(config: RelayConfig, hooks: RelayHooks = {}): Promise<RunningRelay> {
  const log = await ThreadedLog.open(config.dataDir);
  try {
    return await listen(config, log, hooks);
  } catch (error) {
    await log.close();
    throw error;
  }
}
