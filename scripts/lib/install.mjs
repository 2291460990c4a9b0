// Installs what package-lock.json asks for, only when node_modules does not hold it already.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fail, projectNode, ROOT, run } from './processes.mjs';

function packagesOf(lockFile) {
  return JSON.parse(readFileSync(lockFile, 'utf8')).packages;
}

/**
 * Whether node_modules holds what the lock asks for. npm writes node_modules/.package-lock.json as the last
 * step of an install, so an interrupted one does not count.
 */
function isInstalled() {
  const written = join(ROOT, 'node_modules', '.package-lock.json');
  if (!existsSync(written) || projectNode() === null) return false;
  const present = packagesOf(written);
  return Object.entries(packagesOf(join(ROOT, 'package-lock.json'))).every(([path, wanted]) => {
    if (!path.includes('node_modules/') || wanted.optional || wanted.devOptional) return true;
    const found = present[path];
    return (
      found !== undefined && found.version === wanted.version && Boolean(found.link) === Boolean(wanted.link)
    );
  });
}

function npm(...args) {
  const flags = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const { npm_execpath: cli, npm_node_execpath: node } = process.env;
  if (cli?.endsWith('npm-cli.js') && node) return run(node, [cli, ...args, ...flags]);
  return run(process.platform === 'win32' ? 'npm.cmd' : 'npm', [...args, ...flags]);
}

/** Leaves node_modules as the lock wants it, or ends the process with one clear line. */
export async function install() {
  if (isInstalled()) return;
  console.log('Installing dependencies (once, about half a minute)…');
  let { code } = await npm('ci');
  if (code !== 0) {
    console.log('npm ci did not succeed; trying npm install…');
    ({ code } = await npm('install'));
  }
  if (code !== 0) fail('The dependencies could not be installed: see npm’s message above.');
  if (projectNode() === null) {
    fail(
      `Concord runs on Node 24, which npm should have installed (the package "node") but did not: this is Node ${process.versions.node}. ` +
        'Allow its install script (npm config get ignore-scripts), or install Node 24 yourself.',
    );
  }
}
