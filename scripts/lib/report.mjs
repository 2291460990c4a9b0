// How long runs read: a headline per step with its time, details only where something failed.

import { stripVTControlCharacters } from 'node:util';

/** @typedef {{ passed: number, failed: number }} Tally */

const colour = process.stdout.isTTY && !process.env.NO_COLOR;
const paint = (code, text) => (colour ? `\u001b[${code}m${text}\u001b[0m` : text);

/** Seconds as people read them: 4.2 s, 1 min 12 s. */
export function duration(seconds) {
  if (seconds < 60) return `${seconds.toFixed(1)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** A section's title. */
export function title(text) {
  console.log(`\n${paint('1', text)}`);
}

/**
 * Runs one step and prints its line; a failed step's output follows in full.
 *
 * @param {string} name
 * @param {() => Promise<{ code: number, output: string }>} work
 * @returns {Promise<Tally>} one passed or one failed
 */
export async function step(name, work) {
  const began = performance.now();
  const { code, output } = await work();
  const took = duration((performance.now() - began) / 1000);
  const ok = code === 0;
  console.log(`${ok ? paint('32', '✓') : paint('31', '✗')} ${name} ${paint('2', `(${took})`)}`);
  if (!ok) console.log(indent(plain(output).trim() || `exit code ${code}`));
  return ok ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 };
}

/** The sum of several tallies. */
export function total(tallies) {
  return tallies.reduce(
    (sum, one) => ({ passed: sum.passed + one.passed, failed: sum.failed + one.failed }),
    {
      passed: 0,
      failed: 0,
    },
  );
}

/** The last line of a run, and the exit code that goes with it. */
export function finish({ passed, failed }) {
  process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
  console.log(`${passed} passed, ${failed} failed`);
}

/** Some tools colour what they say whether or not anybody can see it. */
function plain(text) {
  return colour ? text : stripVTControlCharacters(text);
}

function indent(text) {
  return text.replaceAll(/^/gm, '    ');
}
