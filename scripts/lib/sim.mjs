// Becomes the simulation's own program.
import { install } from './install.mjs';
import { become, projectNode } from './processes.mjs';

/** @param {readonly string[]} args what `apps/relay/src/testing/run-simulation.ts` takes */
export async function main(args) {
  await install();
  await become(projectNode(), ['apps/relay/src/testing/run-simulation.ts', ...args]);
}
