import { setFlagsFromString } from 'node:v8';
import type { RelayConfig } from './config.ts';
import { control } from './control.ts';
import { type Journal, journal } from './journal.ts';
import { listen, type RelayHooks, type RunningRelay } from './server.ts';
import { ThreadedLog } from './threaded-log.ts';

export { ConfigError, type RelayConfig, readConfig } from './config.ts';
export { type Journal, journal } from './journal.ts';
export type { RelayHooks, RunningRelay } from './server.ts';
export { LogError } from './sqlite-file.ts';

/** A relay that runs, and the end that nobody asked for. */
export interface StartedRelay extends RunningRelay {
  /** Resolves if the log's thread dies: the process must end, for nothing can be kept any more. */
  readonly died: Promise<Error>;
}

/**
 * Starts a relay on its log. Rejects with LogError, or with the system's error if the port cannot be had.
 * The nursery of this process's heap grows no more: what passes through a relay is short-lived, and after a crowd came in
 * at once the large nursery would take more memory than the crowd.
 */
export async function startRelay(
  config: RelayConfig,
  hooks: RelayHooks = {},
  told: Journal = journal('silent'),
): Promise<StartedRelay> {
  setFlagsFromString('--semi-space-growth-factor=1');
  const log = await ThreadedLog.open(config.dataDir);
  try {
    const relay = await listen(config, log, told, hooks);
    const desk = await control(config, log, relay.rooms, told);
    const close = async (): Promise<void> => {
      await desk.close();
      await relay.close();
    };
    return { ...relay, close, died: log.died };
  } catch (error) {
    await log.close();
    throw error;
  }
}
