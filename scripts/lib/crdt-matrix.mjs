// Writes docs/crdt-matrix.md, the number of cases that each type of packages/crdt was held against.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install } from './install.mjs';
import { fail, projectNode, ROOT, run } from './processes.mjs';

export async function main() {
  await install();
  const program = join(ROOT, 'packages/crdt/src/oracle/matrix.ts');
  const { code, output } = await run(projectNode(), ['--no-warnings', program], { capture: true });
  if (code !== 0) fail(output);
  writeFileSync(join(ROOT, 'docs', 'crdt-matrix.md'), output);
  console.log('docs/crdt-matrix.md');
}
