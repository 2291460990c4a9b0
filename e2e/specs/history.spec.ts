import { converge, expect, type Person, test } from '../fixtures/test.ts';
import { APP_KINDS, type AppKind } from '../pages/app-page.ts';

/** What is shown of something that Bo added. */
const markOf = (ana: Person, kind: AppKind) => {
  const main = ana.page.getByRole('main');
  return kind === 'docs' || kind === 'blocks'
    ? main.locator('ins', { hasText: 'Words by Bo' })
    : main.locator('[data-trace="added"][data-trace-label="Added by Bo"]', { hasText: 'Words by Bo' });
};

/** Ana wrote first, and Bo five minutes later. */
async function twoMoments(people: readonly Person[], kind: AppKind, id: string): Promise<void> {
  const [ana, bo] = people as [Person, Person];
  await ana.open(kind, id);
  await ana.app(kind).begin();
  await ana.app(kind).add('First words');
  await bo.page.clock.setFixedTime(Date.now() + 5 * 60_000);
  await bo.open(kind, id);
  await converge([ana, bo]);
  await bo.app(kind).add('Words by Bo');
  await converge([ana, bo]);
}

async function openHistory({ page }: Person) {
  await page.keyboard.press('Control+Alt+h');
  const panel = page.getByRole('complementary', { name: 'History' });
  await expect(panel).toBeVisible();
  return { panel, slider: panel.getByRole('slider') };
}

for (const kind of APP_KINDS) {
  test(`${kind}: the past is shown with what changed, named, restored for all, and that is undone`, async ({
    people,
    id,
  }) => {
    const [ana, bo] = (await people(2, { firefox: 0 })) as [Person, Person];
    await twoMoments([ana, bo], kind, id);
    const main = ana.page.getByRole('main');
    const { panel, slider } = await openHistory(ana);
    await expect(panel.locator('.cc-moment')).toHaveCount(2);
    await expect(slider).toHaveAttribute('aria-valuetext', 'Now');

    await slider.press('ArrowLeft');
    await expect(slider).toHaveAttribute('aria-valuetext', /^2 of 2: .*, Bo$/);
    await expect(markOf(ana, kind)).toBeVisible();
    await slider.press('Home');
    await expect(slider).toHaveAttribute('aria-valuetext', /^1 of 2: .*, you$/);
    await expect(main).toContainText('First words');
    await expect(main).not.toContainText('Words by Bo');

    // Nothing can be written there; what others write comes in underneath.
    const before = await ana.version();
    await main.getByText('First words').first().click();
    await ana.page.keyboard.type('x');
    await ana.page.keyboard.press('Delete');
    await ana.page.keyboard.press('Control+z');
    expect(await ana.version()).toEqual(before);
    await bo.app(kind).goOn(' and more');
    await converge([ana, bo]);
    await expect(main).not.toContainText('and more');

    await panel.getByRole('button', { name: 'Name this version' }).click();
    await panel.getByRole('textbox', { name: 'Name of the version' }).fill('Before Bo');
    await ana.page.keyboard.press('Enter');
    await expect(panel.getByRole('button', { name: 'Before Bo', exact: true })).toBeVisible();

    await ana.page.getByRole('button', { name: 'Restore this version' }).click();
    await expect(main).not.toContainText('Words by Bo');
    await converge([ana, bo]);
    const seenByBo = bo.page.getByRole('main');
    await expect(seenByBo).toContainText('First words');
    await expect(seenByBo).not.toContainText('Words by Bo');

    await ana.page.getByRole('button', { name: /^Undo/ }).first().click();
    await expect(main).toContainText('Words by Bo');
    await converge([ana, bo]);
    await expect(seenByBo).toContainText('Words by Bo');

    const atBo = await openHistory(bo);
    await atBo.panel.getByRole('button', { name: 'Before Bo', exact: true }).click();
    await expect(seenByBo).not.toContainText('Words by Bo');
    await bo.page.getByRole('button', { name: 'Back to now' }).click();
    await expect(seenByBo).toContainText('Words by Bo');
  });
}

test('docs: who wrote what is at the caret', async ({ people, id }) => {
  const [ana, bo] = (await people(2, { firefox: 0 })) as [Person, Person];
  await twoMoments([ana, bo], 'docs', id);
  await ana.docs.caretToEnd();
  await ana.page.keyboard.press('Control+Alt+w');
  const wrote = ana.page.getByRole('region', { name: 'Who wrote this' });
  await expect(wrote).toContainText('Bo');
  await expect(wrote).toContainText('Words by Bo');
});

test('play goes from moment to moment up to now', async ({ people, id }) => {
  const [ana, bo] = (await people(2, { firefox: 0 })) as [Person, Person];
  await twoMoments([ana, bo], 'board', id);
  const { panel, slider } = await openHistory(ana);
  await slider.press('Home');
  await panel.getByRole('button', { name: 'Play' }).click();
  await expect(panel.getByRole('button', { name: 'Pause' })).toBeVisible();
  await expect(slider).toHaveAttribute('aria-valuetext', /^2 of 2/);
  await expect(slider).toHaveAttribute('aria-valuetext', 'Now');
  await expect(panel.getByRole('button', { name: 'Play' })).toBeVisible();
});
