import {
  ConfigError,
  type Journal,
  journal,
  LogError,
  type RelayConfig,
  type RelayHooks,
  type RunningRelay,
  readConfig,
  type StartedRelay,
  startRelay,
} from './index.ts';
import { APPS } from './static.ts';

/** What a person can do about an error at the start, in one line. Null if it is not one of the known kind. */
function advice(error: unknown, config: RelayConfig | null): string | null {
  if (error instanceof ConfigError || error instanceof LogError) return error.message;
  const code = error instanceof Error && 'code' in error ? error.code : null;
  if (code === 'EADDRINUSE')
    return `Port ${config?.port} is taken. Stop what uses it, or choose another: PORT=4401.`;
  if (code === 'EACCES')
    return `Port ${config?.port} may not be used by this user. Choose one above 1023: PORT=4401.`;
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND')
    return `HOST=${config?.host} is not an address of this machine.`;
  return null;
}

async function start(hooks: RelayHooks): Promise<{ relay: StartedRelay; told: Journal }> {
  let config: RelayConfig | null = null;
  try {
    config = readConfig(process.env);
    const told = journal(config.logLevel);
    return { relay: await startRelay(config, hooks, told), told };
  } catch (error) {
    const line = advice(error, config);
    if (line === null) throw error;
    console.error(line);
    process.exit(1);
  }
}

/**
 * Runs a relay as this process: configured by the environment, its addresses printed, stopped by SIGTERM or
 * SIGINT. What cannot be helped ends the process with one line and code 1.
 */
export async function run(hooks: RelayHooks = {}): Promise<RunningRelay> {
  const { relay, told } = await start(hooks);
  console.log(`Concord  ${relay.url}/`);
  for (const app of APPS) console.log(`  ${app.padEnd(7)}${relay.url}/${app}/`);

  let stopping = false;
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.on(signal, () => {
      if (stopping) return;
      stopping = true;
      told.info({ signal }, 'stopping');
      relay.close().then(
        () => process.exit(0),
        (error) => {
          told.fatal(
            { err: error },
            'stopped without having written everything; what was not written was not acknowledged',
          );
          process.exit(1);
        },
      );
    });
  }
  void relay.died.then((error) => {
    told.fatal({ err: error }, 'the log is gone: nothing can be kept any more');
    process.exit(1);
  });
  told.info({ url: relay.url }, 'listening');
  return relay;
}
