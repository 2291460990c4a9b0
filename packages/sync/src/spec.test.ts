import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const HERE = import.meta.dirname;

/** The ids in brackets at the start of what `pattern` finds. */
function ids(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, id = '']) => id);
}

it('every rule of SPEC.md has a test, and every test that names a rule has one there', () => {
  const rules = ids(readFileSync(join(HERE, '..', 'SPEC.md'), 'utf8'), /^- \[([A-Z]+\d+)\]/gm);
  const sources = readdirSync(HERE, { recursive: true, encoding: 'utf8' })
    .filter((file) => /(\.test|-contract)\.tsx?$/.test(file))
    .map((file) => readFileSync(join(HERE, file), 'utf8'));
  const tested = new Set(sources.flatMap((source) => ids(source, /['"`]\[([A-Z]+\d+)\] /g)));
  expect(new Set(rules).size, 'a rule is there twice').toBe(rules.length);
  expect(rules.filter((rule) => !tested.has(rule))).toEqual([]);
  expect([...tested].filter((rule) => !rules.includes(rule))).toEqual([]);
});
