import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, parse } from 'node:path';
import { build, type Rolldown } from 'vite';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { waves } from './waves.ts';

const module = (name: string, ...imports: readonly string[]): string =>
  [...imports.map((path) => `import '${path}';`), `console.log('${name}');`].join('\n');

// The second wave has two entries that share modules: left alone, that makes three files.
const PAGE = {
  'index.html':
    '<head></head><body><div id="root"></div><script type="module" src="./src/main.ts"></script></body>',
  'src/main.ts': `${module('main', './frame.ts')}\nvoid import('../shell/src/document-page.tsx');\nvoid import('./app.ts');`,
  'src/frame.ts': module('frame', './shared.ts'),
  'src/shared.ts': module('shared'),
  'src/app.ts': `${module('app', './shared.ts', './rows.ts', './app.css')}\nvoid import('./panel.ts');`,
  'shell/src/document-page.tsx': module('document-page', '../../src/cells.ts'),
  'src/rows.ts': module('rows', './cells.ts'),
  'src/cells.ts': module('cells'),
  'src/app.css': '.app { color: red; }',
  'src/panel.ts': module('panel', './cells.ts', './shared.ts'),
};

let home = '';
let html = '';
let chunks: readonly Rolldown.OutputChunk[] = [];
let styles: readonly string[] = [];

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'waves-'));
  const root = join(home, 'apps/demo');
  for (const [path, text] of Object.entries(PAGE)) {
    const file = join(root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
  const { groups, plugin } = waves();
  const built = await build({
    root,
    base: '/demo/',
    configFile: false,
    logLevel: 'silent',
    plugins: [plugin],
    build: { write: false, rolldownOptions: { output: { codeSplitting: { groups } } } },
  });
  const output = [built].flat().flatMap((each) => ('output' in each ? each.output : []));
  chunks = output.filter((file) => file.type === 'chunk');
  const assets = output.filter((file) => file.type === 'asset');
  html = String(assets.find((file) => file.fileName === 'index.html')?.source);
  styles = assets.map((file) => file.fileName).filter((name) => name.endsWith('.css'));
});
afterAll(() => rm(home, { recursive: true, force: true }));

/** The files of the build that hold these modules, each once. */
const filesWith = (...names: readonly string[]): readonly string[] =>
  chunks
    .filter(({ moduleIds }) => moduleIds.some((id) => names.includes(parse(id).name)))
    .map((chunk) => chunk.fileName);

it('puts each wave into one file, and what comes later into neither', () => {
  const files = [
    filesWith('main', 'frame', 'shared'),
    filesWith('app', 'document-page', 'rows', 'cells'),
    filesWith('panel'),
  ];
  expect(files.map((each) => each.length)).toEqual([1, 1, 1]);
  expect(new Set(files.flat()).size).toBe(3);
  expect(chunks).toHaveLength(3);
});

it('names in the HTML the files of both waves and the styles, and no others', () => {
  const named = [...html.matchAll(/(?:src|href)="\/demo\/([^"]+)"/g)].map((match) => match[1]);
  expect(styles).toHaveLength(1);
  expect(named.toSorted()).toEqual([...filesWith('main'), ...filesWith('app'), ...styles].toSorted());
  expect(html).toContain(`rel="modulepreload" crossorigin href="/demo/${filesWith('app')[0]}"`);
});

it('shows an empty frame in the root until the script has run', () => {
  expect(html).toMatch(/<div id="root"><div class="cc-frame" data-kind="demo" aria-hidden="true">/);
});
