import { expect, type Person, test } from '../fixtures/test.ts';
import { APP_KINDS } from '../pages/app-page.ts';

for (const kind of APP_KINDS) {
  test(`${kind}: the status panel tells where the changes are on a network made bad on purpose`, async ({
    people,
    id,
  }) => {
    const [ana] = (await people(1)) as [Person];
    const { page } = ana;
    await ana.open(kind, id);
    await ana.app(kind).begin();
    await ana.sees('Saved');
    await page.getByRole('status', { name: 'Save status' }).getByRole('button').click();
    const panel = page.getByRole('complementary', { name: 'Where my changes are' });
    await expect(panel).toContainText('Everything you did is on the server’s disk, and on this device.');
    await expect(panel).toContainText('WebSocket');
    await expect(panel).toContainText(/\d ms half the time/);
    await expect(panel.getByRole('img', { name: /^The latest/ })).toBeVisible();

    await panel.getByRole('radio', { name: 'Slow' }).click();
    await expect(page.getByRole('banner').getByRole('button', { name: 'Slow network' })).toBeVisible();
    await ana.app(kind).add('Milk');
    await ana.sees('Saved');

    await panel.getByRole('radio', { name: 'Cut' }).click();
    await expect(page.getByRole('banner').getByRole('button', { name: 'Cut network' })).toBeVisible();
    await ana.app(kind).add('Bread');
    await ana.sees(/^Offline · \d+ waiting$/);
    await expect(panel).toContainText(/not there yet/);
    await expect(panel).toContainText('Everything is stored');
    await expect(panel).toContainText('Last complete on the server');

    await panel.getByRole('radio', { name: 'As it is' }).click();
    await expect(page.getByRole('banner').getByRole('button', { name: 'Cut network' })).toBeHidden();
    await ana.sees('Saved');
    await expect(panel).toContainText('Everything is on its disk');
    await page.getByRole('status', { name: 'Save status' }).getByRole('button').click();
    await expect(panel).toBeHidden();
  });
}
