// Child processes: run one to its end, or hand this process over to one.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root. */
export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

const EXE = process.platform === 'win32' ? '.exe' : '';

/**
 * The Node that runs the project: the one among its dependencies, else this one when it is as new.
 * Null when neither will do.
 */
export function projectNode() {
  const own = join(ROOT, 'node_modules', 'node', 'bin', `node${EXE}`);
  if (existsSync(own)) return own;
  return Number(process.versions.node.split('.')[0]) >= 24 ? process.execPath : null;
}

/** What children inherit: the project's tools and Node first in the path, no colours in a log, no phoning home. */
function childEnv(extra = {}) {
  const bin = join(ROOT, 'node_modules', '.bin');
  const separator = process.platform === 'win32' ? ';' : ':';
  const { FORCE_COLOR, ...plain } = process.env;
  return {
    ...(process.stdout.isTTY ? process.env : { ...plain, NO_COLOR: '1' }),
    PATH: `${bin}${separator}${process.env.PATH ?? ''}`,
    DO_NOT_TRACK: '1',
    TURBO_TELEMETRY_DISABLED: '1',
    TURBO_NO_UPDATE_NOTIFIER: '1',
    ...extra,
  };
}

/**
 * Runs a command to its end. Its output goes to the terminal, or is returned when `capture` is set.
 * A command that cannot be started counts as code 127, with the reason as its output.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ capture?: boolean, env?: Record<string, string>, cwd?: string }} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function run(command, args, { capture = false, env = {}, cwd = ROOT } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd,
      env: childEnv(env),
      stdio: capture ? ['ignore', 'pipe', 'pipe'] : ['ignore', 'inherit', 'inherit'],
    });
    let output = '';
    const collect = (chunk) => {
      output += chunk;
    };
    child.stdout?.setEncoding('utf8').on('data', collect);
    child.stderr?.setEncoding('utf8').on('data', collect);
    child.on('error', (error) => resolve({ code: 127, output: `${command}: ${error.message}` }));
    child.on('close', (code, signal) => resolve({ code: code ?? (signal ? 128 : 1), output }));
  });
}

/** Runs a tool from node_modules/.bin and returns what it printed. */
export function runTool(name, args, options = {}) {
  const file = process.platform === 'win32' ? `${name}.cmd` : name;
  return run(join(ROOT, 'node_modules', '.bin', file), args, { capture: true, ...options });
}

/** The exit code with which a child asks to be started afresh. */
export const START_AFRESH = 75;

/**
 * Becomes the given command as far as a caller can see: same terminal, signals passed on, same exit code.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @returns {Promise<never>}
 */
export function become(command, args) {
  let child;
  const begin = () => {
    child = spawn(command, args, { cwd: ROOT, env: childEnv(), stdio: 'inherit' });
    child.on('error', (error) => fail(`Cannot run ${command}: ${error.message}`));
    child.on('close', (code, signal) => {
      if (code === START_AFRESH) begin();
      else process.exit(code ?? (signal === 'SIGINT' ? 130 : 143));
    });
  };
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP']) {
    process.on(signal, () => {
      // A terminal's Ctrl+C reaches the whole process group: passing it on would deliver it twice.
      if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
    });
  }
  begin();
  return new Promise(() => {});
}

/** Ends this process with one clear line. */
export function fail(line) {
  console.error(line);
  process.exit(1);
}
