import { expect, type Person, test } from '../fixtures/test.ts';
import { APP_KINDS } from '../pages/app-page.ts';
import { fill } from '../pages/fill.ts';

for (const kind of APP_KINDS) {
  test(`${kind}: on paper there is the document with its title, and no control`, async ({ people, id }) => {
    const [ana] = (await people(1)) as [Person];
    await ana.open(kind, id);
    await fill(ana, kind);
    await ana.rename('The year');
    await ana.sees('Saved');
    await ana.page.emulateMedia({ media: 'print' });
    await expect(ana.page.getByRole('banner')).toBeHidden();
    const title = await ana.page
      .locator('.cc-frame')
      .evaluate((frame) => getComputedStyle(frame, '::before').content);
    expect(title).toBe(kind === 'docs' ? 'none' : '"The year"');
    // Nothing is cut off at the edge of the window.
    expect(await ana.page.evaluate(() => document.documentElement.scrollWidth > innerWidth)).toBe(false);
  });
}

test('gantt: paper holds every task, whatever the screen shows', async ({ people, id }) => {
  const [ana] = (await people(1)) as [Person];
  await ana.page.setViewportSize({ width: 1100, height: 300 });
  await ana.open('gantt', id);
  await fill(ana, 'gantt');
  for (let i = 1; i <= 20; i++) await ana.gantt.add(`Step ${i}`);
  const rows = ana.page.getByRole('grid', { name: 'Tasks' }).getByRole('row');
  const count = Number(await ana.page.getByRole('grid', { name: 'Tasks' }).getAttribute('aria-rowcount'));
  expect(await rows.count()).toBeLessThan(count);
  await ana.page.emulateMedia({ media: 'print' });
  await expect(rows).toHaveCount(count);
  // A sheet is narrower than most windows; a window as narrow shows one of the two.
  await ana.page.setViewportSize({ width: 680, height: 300 });
  await expect(ana.page.getByRole('group', { name: 'Chart' })).toBeVisible();
  await expect(rows.last()).toBeVisible();
  await ana.page.emulateMedia({ media: null });
  await expect(rows).not.toHaveCount(count);
});
