// Installs what is missing, builds what changed, then hands over to the relay, which serves everything.
import { install } from './install.mjs';
import { become, fail, projectNode, runTool } from './processes.mjs';
import { duration } from './report.mjs';

/** Builds every app; what has not changed comes from turbo's cache. */
export function build() {
  return runTool('turbo', ['run', 'build', '--output-logs=errors-only']);
}

/** @param {readonly string[]} args `--dev` for hot reload instead of a build. */
export async function main(args) {
  const unknown = args.filter((arg) => arg !== '--dev');
  if (unknown.length > 0) fail(`Unknown option ${unknown.join(' ')}. Usage: npm start, or npm run dev.`);
  await install();
  if (args.includes('--dev')) return become(projectNode(), ['scripts/lib/dev.mjs']);
  console.log('Building…');
  const began = performance.now();
  const { code, output } = await build();
  if (code !== 0) fail(`${output}\nThe build failed: see above.`);
  console.log(`Built in ${duration((performance.now() - began) / 1000)}.`);
  return become(projectNode(), ['apps/relay/src/main.ts']);
}
