// Makes sure that Chromium and Firefox are here and start: those on the machine, else Playwright's download,
// else Debian's packages. Runs on the project's Node; exits 1 with what to type when it cannot.
import { existsSync } from 'node:fs';
import { BROWSER_KINDS, isPresent, launch } from '../e2e/fixtures/browsers.ts';
import { run, runTool } from './lib/processes.mjs';

const isRoot = process.getuid?.() === 0;
const onDebian = isRoot && existsSync('/etc/debian_version');
const DEBIAN_PACKAGE = { chromium: 'chromium', firefox: 'firefox-esr' };

async function download(kinds) {
  console.log(`Downloading ${kinds.join(' and ')} for the tests (once)…`);
  const withLibraries = onDebian ? ['--with-deps'] : [];
  const { code, output } = await runTool('playwright', ['install', ...withLibraries, ...kinds]);
  return code === 0 ? '' : complaint(output);
}

async function installFromDebian(kinds) {
  const packages = kinds.map((kind) => DEBIAN_PACKAGE[kind]);
  console.log(`Installing ${packages.join(' and ')} from Debian (once)…`);
  const options = { capture: true, env: { DEBIAN_FRONTEND: 'noninteractive' } };
  const update = await run('apt-get', ['update'], options);
  const install = await run('apt-get', ['install', '-y', '--no-install-recommends', ...packages], options);
  return install.code === 0 ? '' : complaint(update.output + install.output);
}

/** The line of a tool's output that says what went wrong. */
function complaint(text) {
  const lines = text.trim().split('\n');
  return lines.find((line) => /^(Error|E:)/.test(line)) ?? lines.at(-1) ?? '';
}

/** Null when the browser starts, else why it does not. */
async function whyNot(kind) {
  try {
    const browser = await launch(kind);
    await browser.close();
    return null;
  } catch (error) {
    return String(error instanceof Error ? error.message : error);
  }
}

const missing = () => BROWSER_KINDS.filter((kind) => !isPresent(kind));
const reasons = [];
if (missing().length > 0) reasons.push(await download(missing()));
if (missing().length > 0 && onDebian) reasons.push(await installFromDebian(missing()));
for (const kind of missing()) reasons.push(`${kind} is not installed`);
for (const kind of BROWSER_KINDS.filter(isPresent)) {
  const reason = await whyNot(kind);
  if (reason !== null) reasons.push(`${kind} does not start: ${reason}`);
}

const usable = missing().length === 0 && !reasons.some((reason) => reason.includes('does not start'));
if (!usable) {
  console.error(`The browser tests need Chromium and Firefox.\n${reasons.filter(Boolean).join('\n')}\nType one of:
  npx playwright install --with-deps chromium firefox
  sudo apt-get install -y chromium firefox-esr     (Debian, Ubuntu)
or name programs that are already here:
  CONCORD_CHROMIUM=/path/to/chrome CONCORD_FIREFOX=/path/to/firefox npm test`);
  process.exitCode = 1;
}
