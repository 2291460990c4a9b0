// Checks on the Markdown: rules that no test quotes, examples that do not run, links that lead nowhere.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { projectNode, ROOT, run } from './processes.mjs';

const SKIPPED = new Set(['node_modules', 'dist', '.git', '.turbo', '.data', 'test-results', 'coverage']);

/** Every file under `folder` whose name passes, built and installed ones apart. */
function filesUnder(folder, accepts) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (SKIPPED.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesUnder(path, accepts);
    return accepts(entry.name) ? [path] : [];
  });
}

/** Rule ids as SPEC.md defines them and test titles quote them: `[RGA4]`. */
function ruleIds(path) {
  return new Set(
    [...readFileSync(path, 'utf8').matchAll(/\[([A-Z][A-Z-]*\d+[a-z]?)\]/g)].map((match) => match[1]),
  );
}

function verdict(problems) {
  return { code: problems.length === 0 ? 0 : 1, output: problems.join('\n') };
}

/** A rule without a test, or a test that quotes a rule nobody wrote, fails. */
export async function checkSpecs() {
  const problems = [];
  for (const spec of filesUnder(ROOT, (name) => name === 'SPEC.md')) {
    const rules = ruleIds(spec);
    const quoted = new Map();
    for (const test of filesUnder(dirname(spec), (name) => /(\.test\.tsx?|-contract\.ts)$/.test(name))) {
      for (const id of ruleIds(test)) quoted.set(id, test);
    }
    for (const id of rules) {
      if (!quoted.has(id)) problems.push(`${relative(ROOT, spec)}: no test quotes [${id}]`);
    }
    for (const [id, test] of quoted) {
      if (!rules.has(id))
        problems.push(`${relative(ROOT, test)}: quotes [${id}], which ${relative(ROOT, spec)} lacks`);
    }
  }
  return verdict(problems);
}

/** Every `ts` block of a README runs as it stands; one that is a fragment, or needs a browser, says `ts no-run`. */
export async function checkExamples() {
  const problems = [];
  for (const file of filesUnder(join(ROOT, 'packages'), (name) => name === 'README.md')) {
    const text = readFileSync(file, 'utf8');
    for (const { 1: code, index } of text.matchAll(/^```ts\n([\s\S]*?)^```/gm)) {
      const args = ['--input-type=module-typescript', '--eval', code];
      const ran = await run(projectNode(), args, { capture: true, cwd: dirname(file) });
      const line = text.slice(0, index).split('\n').length;
      if (ran.code !== 0) problems.push(`${relative(ROOT, file)}:${line}: ${ran.output.trim()}`);
    }
  }
  return verdict(problems);
}

/** Every relative link and picture of a Markdown file leads to a file. */
export async function checkLinks() {
  const problems = [];
  for (const file of filesUnder(ROOT, (name) => name.endsWith('.md'))) {
    const prose = readFileSync(file, 'utf8').replaceAll(/```[\s\S]*?```|`[^`\n]*`/g, '');
    for (const [, target] of prose.matchAll(/\]\(([^)\s]+)[^)]*\)/g)) {
      if (/^([a-z]+:|#|\/\/)/i.test(target)) continue;
      const path = resolve(dirname(file), decodeURIComponent(target.split('#')[0]));
      if (!existsSync(path)) problems.push(`${relative(ROOT, file)}: ${target} leads nowhere`);
    }
  }
  return verdict(problems);
}
