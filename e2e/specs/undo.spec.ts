import { converge, expect, type Person, test } from '../fixtures/test.ts';
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

test('blocks: an undo opens the collapsed block above what it changed, for this reader alone', async ({
  people,
  id,
}) => {
  const [ana, bo] = (await people(2, { firefox: 0 })) as [Person, Person];
  await ana.open('blocks', id);
  await ana.blocks.beginWith('Trip');
  await ana.blocks.add('Tent');
  await ana.blocks.press('Tab');
  await ana.blocks.add('Last');
  await ana.blocks.caretToEndOf('Tent');
  await ana.blocks.press('Control+Alt+2');
  await bo.open('blocks', id);
  await converge([ana, bo]);
  const fold = (person: Person, name: string) => person.page.getByRole('button', { name: `${name} “Trip”` });
  await fold(bo, 'Collapse').click();
  await ana.blocks.showsNot('Tent');
  await ana.undo();
  await ana.blocks.shows('Tent');
  await expect(ana.blocks.block('Tent')).toBeInViewport();
  await converge([ana, bo]);
  await bo.blocks.showsNot('Tent');
  // It is as open as any other: closed and opened again for all.
  await fold(ana, 'Collapse').click();
  await ana.blocks.showsNot('Tent');
  await fold(ana, 'Expand').click();
  await ana.blocks.shows('Tent');
  await bo.blocks.shows('Tent');
});

test('board: an undo tells of the card that the filter hides, and shows it when asked', async ({
  people,
  id,
}) => {
  const [ana] = (await people(1, { firefox: 0 })) as [Person];
  await ana.open('board', id);
  await ana.board.begin();
  await ana.board.addCards('To do', 'Milk', 'Bread');
  await ana.board.moveTo('Milk', 'Done');
  const filter = ana.page.getByRole('searchbox', { name: 'Filter cards' }).first();
  await filter.fill('Bread');
  await ana.board.showsNot('Milk');
  await ana.undo();
  await expect(ana.notice('“Milk” is hidden by the filter.')).toBeVisible();
  await ana.page.getByRole('button', { name: 'Show it' }).click();
  await ana.board.shows('Milk');
  await expect(filter).toHaveValue('');
  await expect(ana.board.cards('To do')).toHaveText(['Milk', 'Bread']);
});
