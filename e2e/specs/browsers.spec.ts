import { expect, test } from '@playwright/test';
import { BROWSER_KINDS, contextOptions, launch } from '../fixtures/browsers.ts';

for (const kind of BROWSER_KINDS) {
  test(`${kind} starts, opens a page and runs script in it`, async () => {
    const browser = await launch(kind);
    try {
      const context = await browser.newContext(contextOptions(kind));
      const page = await context.newPage();
      await page.goto('about:blank');
      await page.setContent('<title>Concord</title><button>Press</button>');
      await expect(page.getByRole('button', { name: 'Press' })).toBeVisible();
      expect(await page.evaluate(() => navigator.userAgent)).toMatch(/Chrome|Firefox/);
    } finally {
      await browser.close();
    }
  });
}
