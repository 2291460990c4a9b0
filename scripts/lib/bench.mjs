// Finds a benchmark by name and becomes it.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './install.mjs';
import { become, fail, projectNode, ROOT } from './processes.mjs';

/** Benchmarks by name: the .ts files right in a workspace's bench folder. */
function benchmarks() {
  const folders = ['packages', 'apps'].flatMap((group) =>
    readdirSync(join(ROOT, group)).map((workspace) => `${group}/${workspace}/bench`),
  );
  return folders
    .filter((folder) => existsSync(join(ROOT, folder)))
    .flatMap((folder) => readdirSync(join(ROOT, folder)).map((file) => ({ file, path: `${folder}/${file}` })))
    .filter(({ file }) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .map(({ file, path }) => ({ name: file.slice(0, -'.ts'.length), path }));
}

/** @param {readonly string[]} args the benchmark's name, then what the benchmark itself takes */
export async function main([name, ...rest]) {
  const known = benchmarks();
  const list = known.map((bench) => `  ${bench.name.padEnd(20)} ${bench.path}`).join('\n');
  if (name === undefined) {
    console.log(known.length === 0 ? 'No benchmarks yet.' : `npm run bench -- NAME\n${list}`);
    return;
  }
  const chosen = known.filter((bench) => bench.name === name);
  if (chosen.length === 0) fail(`No benchmark is called ${name}.\n${list}`);
  if (chosen.length > 1) fail(`Several benchmarks are called ${name}:\n${list}`);
  await install();
  await become(projectNode(), ['--expose-gc', chosen[0].path, ...rest]);
}
