// Completes package-lock.json: run it after every change of dependencies (`node scripts/lock.mjs`).
//
// npm leaves a platform's optional binary out of the lock when the registry in use does not carry it, and
// `npm ci` then refuses the lock ("Missing: … from lock file"). An entry with a version and a platform, but no
// address and no integrity, satisfies `npm ci`: other platforms fetch theirs, this one skips it. Registry
// addresses are dropped too, so that the lock works behind any mirror.
import { readFileSync, writeFileSync } from 'node:fs';

const LOCK = new URL('../package-lock.json', import.meta.url);
const OS = [
  'aix',
  'android',
  'darwin',
  'freebsd',
  'linux',
  'netbsd',
  'openbsd',
  'openharmony',
  'sunos',
  'win32',
];
const CPU = ['arm', 'arm64', 'ia32', 'loong64', 'mips64el', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'];
/** Names that packages use for a platform, where they differ from Node's own. */
const ALIAS = { windows: 'win32', 64: 'x64' };

/** The os, cpu and libc that a platform package's name announces: `@x/y-linux-arm64-musl`. */
function platformOf(name) {
  const words = name.split(/[/-]/).map((word) => ALIAS[word] ?? word);
  const pick = (known) => words.filter((word) => known.includes(word));
  const platform = { os: pick(OS), cpu: pick(CPU) };
  if (platform.os.length !== 1 || platform.cpu.length !== 1) {
    throw new Error(
      `lock: cannot tell the platform of ${name} from its name; add its words to scripts/lock.mjs`,
    );
  }
  if (words.includes('musl')) return { ...platform, libc: ['musl'] };
  if (words.includes('gnu')) return { ...platform, libc: ['glibc'] };
  return platform;
}

/** Node's resolution within the lock: the nearest `node_modules/name` at or above `from`. */
function isLocked(packages, from, name) {
  for (let base = from; ; base = base.slice(0, Math.max(0, base.lastIndexOf('/node_modules/')))) {
    if (packages[`${base === '' ? '' : `${base}/`}node_modules/${name}`]) return true;
    if (base === '') return false;
  }
}

const lock = JSON.parse(readFileSync(LOCK, 'utf8'));
const added = [];
for (const [path, entry] of Object.entries(lock.packages)) {
  if (!entry.link) delete entry.resolved;
  for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
    if (isLocked(lock.packages, path, name)) continue;
    if (!/^\d+\.\d+\.\d+$/.test(version)) {
      throw new Error(`lock: ${name} of ${path} asks for "${version}", not an exact version: add it by hand`);
    }
    const { os, cpu, libc } = platformOf(name);
    // The order in which npm itself writes the keys, so that its next rewrite changes nothing.
    lock.packages[`node_modules/${name}`] = {
      version,
      cpu,
      ...(entry.dev && { dev: true }),
      ...(libc && { libc }),
      optional: true,
      os,
    };
    added.push(name);
  }
}
const sorted = Object.entries(lock.packages).sort(([a], [b]) => a.localeCompare(b, 'en'));
lock.packages = Object.fromEntries(sorted);
writeFileSync(LOCK, `${JSON.stringify(lock, null, 2)}\n`);
console.log(added.length === 0 ? 'lock: complete' : `lock: added ${added.length}\n  ${added.join('\n  ')}`);
