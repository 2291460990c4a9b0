import type { Page } from '@playwright/test';
import { flaws } from '../fixtures/axe.ts';
import { expect, type Person, test } from '../fixtures/test.ts';
import { APP_KINDS, type AppKind } from '../pages/app-page.ts';
import { fill } from '../pages/fill.ts';

/** Opens a filled document, or home with one document in it. */
async function show(person: Person, kind: AppKind | 'home', id: string): Promise<void> {
  const { page, link } = person;
  if (kind === 'home') {
    await page.goto(link.address);
    await expect(page.getByText('Nothing here yet')).toBeVisible();
    return;
  }
  await person.open(kind, id);
  await fill(person, kind);
  await person.sees('Saved');
}

/** What is cut off or lies on something else at the sides: the page must not scroll sideways, nor the bar lose buttons. */
async function lost(page: Page): Promise<string[]> {
  return page.evaluate(() => {
    const found: string[] = [];
    const { scrollWidth, clientWidth } = document.documentElement;
    if (scrollWidth > clientWidth) found.push(`the page is ${scrollWidth} wide in ${clientWidth}`);
    for (const button of document.querySelectorAll('header button, [role=dialog] button, aside button')) {
      const { left, right, width } = button.getBoundingClientRect();
      const isShown = width > 1 && getComputedStyle(button).visibility === 'visible';
      if (isShown && (left < -1 || right > clientWidth + 1))
        found.push(`${button.getAttribute('aria-label') ?? button.textContent} at ${left}…${right}`);
    }
    return found;
  });
}

for (const kind of [...APP_KINDS, 'home'] as const) {
  test(`${kind}: more contrast is given to who asks for it`, async ({ people, id }) => {
    test.slow();
    const [ana] = (await people(1, { firefox: 0 })) as [Person];
    await show(ana, kind, id);
    const border = (): Promise<string> =>
      ana.page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--cc-border'));
    const plain = await border();
    for (const colorScheme of ['light', 'dark'] as const) {
      await ana.page.emulateMedia({ colorScheme, contrast: 'more' });
      expect(await border()).not.toBe(plain);
      expect.soft(await flaws(ana.page), colorScheme).toEqual([]);
    }
  });

  test(`${kind}: at 200 % nothing is lost, whether the page or its text is enlarged`, async ({
    people,
    id,
  }) => {
    test.slow();
    const [ana] = (await people(1, { firefox: 0 })) as [Person];
    const { page } = ana;
    await show(ana, kind, id);
    // 1280 × 800 at 200 %.
    await page.setViewportSize({ width: 640, height: 400 });
    await expect(page.getByRole('main')).toBeVisible();
    await expect.poll(() => lost(page), 'the page enlarged').toEqual([]);
    await page.setViewportSize({ width: 1280, height: 800 });
    await page.evaluate(() => document.documentElement.style.setProperty('font-size', '200%'));
    await expect.poll(() => lost(page), 'the text enlarged').toEqual([]);
    expect.soft(await flaws(page), 'the text enlarged').toEqual([]);
  });

  test(`${kind}: nothing moves for who asked for less motion`, async ({ people, id }) => {
    const [ana] = (await people(1, { firefox: 0 })) as [Person];
    const { page } = ana;
    await page.emulateMedia({ reducedMotion: 'reduce' });
    await page.addInitScript(() => {
      const note = (event: Event): void => {
        for (const animation of document.getAnimations()) {
          const { duration } = animation.effect?.getTiming() ?? {};
          if (animation.id !== 'flash' && Number(duration) > 50)
            document.documentElement.dataset.moved = `${event.type} ${duration} ${animation.constructor.name}`;
        }
      };
      for (const type of ['animationstart', 'transitionrun']) document.addEventListener(type, note, true);
    });
    await show(ana, kind, id);
    if (kind !== 'home') {
      await page.keyboard.press('ControlOrMeta+Shift+P');
      await expect(page.getByRole('dialog', { name: 'Commands' })).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog', { name: 'Commands' })).toHaveCount(0);
    }
    await expect(page.locator('html')).not.toHaveAttribute('data-moved');
  });
}
