import { expect, type Person, test } from '../fixtures/test.ts';
import { APP_KINDS } from '../pages/app-page.ts';

for (const kind of APP_KINDS)
  test(`${kind}: redo brings what it changed into view and makes it stand out`, async ({ people, id }) => {
    const [ana] = (await people(1, { firefox: 0 })) as [Person];
    const { page } = ana;
    await page.setViewportSize({ width: 1280, height: 480 });
    await page.addInitScript(() => {
      const { animate } = Element.prototype;
      Element.prototype.animate = function (...args) {
        const [, options] = args;
        if (typeof options === 'object' && options?.id === 'flash')
          document.documentElement.dataset.flashed = `${this.textContent}`;
        return animate.apply(this, args);
      };
    });
    await ana.open(kind, id);
    const app = ana.app(kind);
    await app.begin();
    for (let n = 1; n <= 14; n++) await app.add(`Line ${n}`);
    await app.shows('Line 14');
    if (kind === 'docs') {
      // All that was typed in one go is one step.
      await page.keyboard.press('Shift+Home');
      await ana.docs.tool('Bold').click();
      await ana.undo();
      await expect.poll(() => ana.docs.marked('strong')).toBe('');
    } else {
      await page.keyboard.press('Escape');
      await ana.undo();
      await app.showsNot('Line 14');
    }
    const last = page.getByRole('main').getByText('Line 14', { exact: true }).first();
    const first = page.getByRole('main').getByText('Line 1', { exact: true }).first();
    await first.scrollIntoViewIfNeeded();
    await first.click();
    await page.keyboard.press('Escape');
    await ana.redo();
    await expect(last).toBeInViewport();
    await expect(page.locator('html')).toHaveAttribute('data-flashed', /Line 14|^$/);
  });
