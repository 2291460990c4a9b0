import { flaws } from '../fixtures/axe.ts';
import { expect, type Person, test } from '../fixtures/test.ts';

/** A page with nothing wrong, and what is put into its main part. */
const page = (main: string): string =>
  `<!doctype html><html lang="en"><head><title>Page</title></head>
   <body><main><h1>Page</h1>${main}</main></body></html>`;

const row = (cells: number): string => `<tr>${'<td>x</td>'.repeat(cells)}</tr>`;

/** By rule, one breach of it: what looks fine, and is not for somebody who cannot see it. */
const BREACHES: Readonly<Record<string, string>> = {
  'label-content-name-mismatch': '<button aria-label="Put away">Save changes</button>',
  'p-as-heading':
    '<p style="font-size: 2em; font-weight: bold">Looks like a heading</p><p>Many words of what it is about, and more.</p>',
  'table-fake-caption': `<table><tr><td colspan="3">A caption</td></tr>${`<tr><th scope="row">a</th><td>x</td><td>y</td></tr>`.repeat(3)}</table>`,
  'td-has-header': `<table>${row(4).repeat(4)}</table>`,
  'css-orientation-lock':
    '<style>@media (orientation: portrait) { html { transform: rotate(90deg) } }</style><p>Words</p>',
  'heading-order': '<h4>Too deep</h4>',
  'empty-heading': '<h2></h2>',
  'landmark-unique': '<nav>One</nav><nav>Two</nav>',
  tabindex: '<button tabindex="3">Jumps ahead</button>',
  'aria-dialog-name': '<div role="dialog">Without a name</div>',
  'aria-allowed-role': '<a href="#x" role="heading" aria-level="2">Link</a>',
  'scope-attr-valid': '<table><tr><th scope="column">a</th></tr><tr><td>b</td></tr></table>',
  'target-size': '<button style="inline-size: 9px; block-size: 9px; padding: 0; border: 0">a</button>'.repeat(
    2,
  ),
};

test('what axe is asked finds what it is asked for: names, headings, tables, stops', async ({ people }) => {
  const [ana] = (await people(1, { firefox: 0 })) as [Person];
  await ana.page.setContent(page('<p>Some words.</p><button>Save</button>'));
  expect(await flaws(ana.page)).toEqual([]);
  for (const [rule, breach] of Object.entries(BREACHES)) {
    await ana.page.setContent(page(breach));
    const found = (await flaws(ana.page)).map((line) => line.split(':')[0]);
    expect.soft(found, rule).toContain(rule);
  }
});
