import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { KEYS } from '../config.ts';

/** A relay in a process of its own. */
export interface RelayProcess {
  readonly url: string;
  /** Ends it by signal and resolves to its exit code, or null if the signal ended it. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
}

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));

/** Starts `main.ts`; resolves when it listens. Rejects with what it wrote if it ends instead. */
export async function startProcess(env: Readonly<Record<string, string>>): Promise<RelayProcess> {
  const child = spawnRelay(env);
  const url = await new Promise<string>((resolve, reject) => {
    let output = '';
    const read = (chunk: Buffer): void => {
      output += chunk.toString();
      const found = /http:\/\/\S+?(?=\/\s)/.exec(output);
      if (found) resolve(found[0]);
    };
    child.stdout?.on('data', read);
    child.stderr?.on('data', read);
    child.once('exit', () => reject(new Error(output)));
  });
  return {
    url,
    end: async (signal) => {
      const exited = once(child, 'exit');
      child.kill(signal);
      const [code] = (await exited) as [number | null];
      return code;
    },
  };
}

/** Starts `main.ts` and kills it after `ms`, whether it listens by then or not. */
export async function killAtStart(env: Readonly<Record<string, string>>, ms: number): Promise<void> {
  const child = spawnRelay(env);
  child.stdout?.resume();
  child.stderr?.resume();
  const exited = once(child, 'exit');
  setTimeout(() => child.kill('SIGKILL'), ms);
  await exited;
}

/** Runs `main.ts` until it ends by itself; for starts that must fail. */
export async function runToEnd(
  env: Readonly<Record<string, string>>,
): Promise<{ code: number | null; output: string }> {
  const child = spawnRelay(env);
  let output = '';
  child.stdout?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  child.stderr?.on('data', (chunk: Buffer) => {
    output += chunk.toString();
  });
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output };
}

function spawnRelay(env: Readonly<Record<string, string>>): ChildProcess {
  // Nothing that this process was told counts for the relay.
  const unset = Object.fromEntries(KEYS.map((key) => [key, '']));
  return spawn(process.execPath, [MAIN], {
    env: { ...process.env, NODE_OPTIONS: '', ...unset, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}
