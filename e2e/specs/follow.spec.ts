import { expect, type Person, test } from '../fixtures/test.ts';
import { APP_KINDS, type AppKind } from '../pages/app-page.ts';

const WORDS =
  'One Two Three Four Five Six Seven Eight Nine Ten Eleven Twelve Thirteen Fourteen Fifteen'.split(' ');

/** Something of that name, as it is on the screen. */
const thing = (person: Person, kind: AppKind, words: string) =>
  ({
    docs: () => person.docs.text.locator('> *').filter({ hasText: new RegExp(`^${words}$`) }),
    board: () => person.board.card(words),
    blocks: () => person.blocks.block(words),
    gantt: () => person.gantt.row(words).getByRole('rowheader'),
  })[kind]();

/** Opens a card and closes it again. */
async function glance(person: Person, card: string): Promise<void> {
  const dialog = await person.board.open(card);
  await person.page.keyboard.press('Escape');
  await expect(dialog).toBeHidden();
}

for (const kind of APP_KINDS) {
  test(`${kind}: whom one follows is kept in view, until one scrolls oneself`, async ({ people, id }) => {
    const [ana, bo] = (await people(2, { firefox: 0 })) as [Person, Person];
    await ana.page.setViewportSize({ width: 1280, height: 440 });
    await bo.open(kind, id);
    await bo.app(kind).begin();
    for (const word of WORDS) await bo.app(kind).add(word);
    await bo.sees('Saved');
    if (kind === 'board') await glance(bo, 'One');
    else await thing(bo, kind, 'One').click();
    await ana.open(kind, id);
    await ana.app(kind).shows('One');
    await expect(thing(ana, kind, 'Fifteen')).not.toBeInViewport();

    const avatars = ana.page.getByRole('banner').getByRole('list', { name: 'People here' });
    await avatars.getByRole('button', { name: 'Bo', exact: true }).click();
    await ana.page.getByRole('menuitem', { name: 'Follow Bo' }).click();
    await expect(ana.page.getByText('Following Bo')).toBeVisible();
    await thing(bo, kind, 'Fifteen').click();
    await expect(thing(ana, kind, 'Fifteen')).toBeInViewport();
    if (kind === 'board') await bo.page.keyboard.press('Escape');

    await ana.page.mouse.move(640, 250);
    await ana.page.mouse.wheel(0, -2000);
    await expect(ana.page.getByText('Following Bo')).toBeHidden();
  });
}
