import { expect, type Person, test } from '../fixtures/test.ts';
import { APP_KINDS } from '../pages/app-page.ts';
import { fill } from '../pages/fill.ts';

/** Pictures to look at, not to compare: `SCREENSHOTS=1 npm run test:e2e -- screenshots`. */
test.skip(process.env.SCREENSHOTS !== '1', 'pictures are taken on request, with SCREENSHOTS=1');

const FOLDER = 'e2e/test-results/screenshots';

for (const narrow of [false, true]) {
  for (const scheme of ['light', 'dark'] as const) {
    const name = `${scheme}${narrow ? '-360' : ''}`;
    test(`pictures, ${name}`, async ({ people, id }) => {
      test.slow();
      const [ana] = (await people(1, { firefox: 0, narrow })) as [Person];
      await ana.page.emulateMedia({ colorScheme: scheme });
      for (const kind of APP_KINDS) {
        await ana.open(kind, id);
        await fill(ana, kind);
        await ana.sees(/^Saved/);
        await expect(
          ana.page.getByRole('region', { name: /^Notifications/ }).getByRole('status'),
        ).toHaveCount(0);
        await ana.page.screenshot({ path: `${FOLDER}/${kind}-${name}.png` });
      }
      await ana.page.goto(ana.link.address);
      await expect(ana.page.getByRole('heading', { name: 'Start something new' })).toBeVisible();
      await ana.page.screenshot({ path: `${FOLDER}/home-${name}.png` });
    });
  }
}
