import { readFileSync } from 'node:fs';
import { expect, type Person, test } from '../fixtures/test.ts';
import { APP_KINDS } from '../pages/app-page.ts';
import { BoardPage } from '../pages/board-page.ts';
import { APP_NAMES } from '../pages/home-page.ts';
import { write } from '../pages/write.ts';

test('what is made is found again among the recent ones', async ({ people }) => {
  const [ana] = (await people(1)) as [Person];
  await ana.page.goto(ana.link.address);
  await expect(ana.page.getByText('Nothing here yet')).toBeVisible();
  await ana.home.create('board');
  await ana.isReady();
  await ana.rename('Summer fair');
  await ana.sees('Saved');
  await ana.page.getByRole('link', { name: 'Concord home' }).click();
  await ana.home.recent('Summer fair').click();
  await ana.seesTitle('Summer fair');
  await ana.page.goto(ana.link.address);
  await ana.home.act('Summer fair', 'Move to trash');
  await expect(ana.home.recent('Summer fair')).toBeHidden();
  await ana.page
    .getByRole('region', { name: /^Notifications/ })
    .getByRole('button', { name: 'Undo' })
    .click();
  await expect(ana.home.recent('Summer fair')).toBeVisible();
});

test('documents are starred, renamed, copied, thrown away and brought back', async ({ people }) => {
  const [ana, bo] = (await people(2)) as [Person, Person];
  const { home, page } = ana;
  await page.goto(ana.link.address);
  await home.create('docs');
  await ana.isReady();
  await ana.rename('Minutes');
  await page.keyboard.press('Tab');
  await page.getByRole('textbox', { name: 'Document text' }).pressSequentially('We met.');
  await ana.sees('Saved');
  const address = page.url();
  await page.goto(ana.link.address);

  await home.recents.getByRole('button', { name: 'Star Minutes' }).click();
  await home.show('Starred');
  await expect(home.recent('Minutes')).toBeVisible();

  // Another person, who has the document open, sees the new title: it is the document's, not the list's.
  await bo.page.goto(address);
  await home.act('Minutes', 'Rename…');
  await write(page.getByRole('dialog').getByRole('textbox', { name: 'Title' }), 'Minutes of May');
  await page.getByRole('dialog').getByRole('button', { name: 'Rename' }).click();
  await expect(home.recent('Minutes of May')).toBeVisible();
  await bo.seesTitle('Minutes of May');

  await home.act('Minutes of May', 'Duplicate');
  await home.show('Recent');
  await home.recent('Copy of Minutes of May').click();
  await ana.isReady();
  await ana.seesTitle('Copy of Minutes of May');
  await expect(page.getByText('We met.')).toBeVisible();
  await ana.sees('Saved');
  await bo.page.goto(page.url());
  await expect(bo.page.getByText('We met.')).toBeVisible();
  await page.goto(ana.link.address);

  await home.act('Copy of Minutes of May', 'Move to trash');
  await home.show('Trash');
  await home.act('Copy of Minutes of May', 'Restore');
  await home.show('Recent');
  await home.act('Copy of Minutes of May', 'Move to trash');
  await home.show('Trash');
  await page.getByRole('button', { name: 'Empty the trash' }).click();
  await page.getByRole('alertdialog').getByRole('button', { name: 'Remove from this device' }).click();
  await expect(page.getByText('The trash is empty')).toBeVisible();
  await home.show('Recent');
  await expect(home.recent('Minutes of May')).toBeVisible();
});

const FROM_TEMPLATE = {
  docs: ['Meeting minutes', 'What came of last time'],
  board: ['Two-week sprint', 'The list is slow with 1,000 rows'],
  blocks: ['Launch week', 'Write the announcement'],
  gantt: ['An event', 'Invite speakers'],
} as const;
for (const kind of APP_KINDS) {
  test(`${kind}: a template fills a new document, in one step that can be undone`, async ({ people }) => {
    const [ana] = (await people(1)) as [Person];
    const [name, text] = FROM_TEMPLATE[kind];
    await ana.page.goto(ana.link.address);
    await ana.page.getByRole('button', { name: `Templates for ${APP_NAMES[kind]}` }).click();
    await ana.page.getByRole('menuitem', { name }).click();
    await ana.page.waitForURL(new RegExp(`/${kind}/[A-Za-z0-9_-]+$`));
    await ana.isReady();
    await expect(ana.page.getByText(text).first()).toBeVisible();
    await ana.sees('Saved');
    const filled = await ana.stateHash();
    await ana.reload();
    await expect.poll(() => ana.stateHash()).toBe(filled);
    await expect(ana.page.getByText(text).first()).toBeVisible();
    await ana.undo();
    await expect(ana.page.getByText(text)).toHaveCount(0);
  });
}

test('files dropped on the page become documents; what is none is refused in words', async ({ people }) => {
  const [ana] = (await people(1)) as [Person];
  const { page } = ana;
  await page.goto(ana.link.address);
  const drop = async (...files: { name: string; content: string }[]): Promise<void> => {
    const transfer = await page.evaluateHandle((list) => {
      const data = new DataTransfer();
      for (const { name, content } of list) data.items.add(new File([content], name));
      return data;
    }, files);
    await page.locator('.drop').dispatchEvent('drop', { dataTransfer: transfer });
  };
  const says = (words: string): Promise<void> =>
    expect(page.locator('.cc-toast__title', { hasText: words })).toBeVisible();
  await drop({ name: 'picture.png', content: 'x' });
  await says('“picture.png” is neither Markdown');
  await drop({ name: 'broken.board.concord', content: 'no document at all' });
  await says('“broken.board.concord” could not be read');
  await drop({ name: 'a.md', content: 'a' }, { name: 'b.md', content: 'b' });
  await says('One file at a time, please.');
  await drop({ name: 'Trip.md', content: '# Packing\n\n- [ ] Tent' });
  await page.getByRole('dialog').getByRole('button', { name: 'Docs' }).click();
  await ana.isReady();
  await ana.seesTitle('Trip');
  await expect(page.getByRole('heading', { name: 'Packing' })).toBeVisible();

  await page.getByRole('button', { name: 'More', exact: true }).click();
  const [saved] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('menuitem', { name: 'Export my data' }).click(),
  ]);
  expect(saved.suggestedFilename()).toBe('Trip.docs.concord');
  const original = page.url();
  await page.goto(ana.link.address);
  await page.locator('input[type=file]').setInputFiles(
    await saved.path().then((path) => ({
      name: saved.suggestedFilename(),
      mimeType: '',
      buffer: readFileSync(path),
    })),
  );
  await ana.isReady();
  expect(page.url()).not.toBe(original);
  await expect(page.getByRole('heading', { name: 'Packing' })).toBeVisible();
});

test('a link opens what it names, and says so when it names nothing', async ({ people, id }) => {
  const [ana] = (await people(1)) as [Person];
  await ana.page.goto(ana.link.address);
  await ana.home.openLink('https://example.org/nothing');
  await expect(ana.page.getByText('That is no link to a document.')).toBeVisible();
  await ana.home.openLink(`board/${id}`);
  await ana.page.waitForURL(`**/board/${id}`);
  await ana.isReady();
  await ana.page.goto(`${ana.link.address}/nowhere/at/all`);
  await expect(ana.page.getByText('There is nothing at this address')).toBeVisible();
});

for (const kind of APP_KINDS) {
  test(`${kind}: New and an address without an id both make a fresh document`, async ({ people }) => {
    const [ana] = (await people(1)) as [Person];
    await ana.page.goto(ana.link.address);
    await ana.home.create(kind);
    await ana.isReady();
    const made = ana.page.url();
    await ana.page.goto(`${ana.link.address}/${kind}/`);
    await ana.page.waitForURL(new RegExp(`/${kind}/[A-Za-z0-9_-]+$`));
    await ana.isReady();
    expect(ana.page.url()).not.toBe(made);
    await expect(ana.page).toHaveTitle(`Untitled · ${APP_NAMES[kind]}`);
  });

  test(`${kind}: an address with a malformed id opens nothing`, async ({ people }) => {
    const [ana] = (await people(1)) as [Person];
    for (const bad of ['a b', '%3Cimg%20src=x%20onerror=alert(1)%3E', 'x'.repeat(65), 'a/b', 'ä', "a'--"]) {
      await ana.page.goto(`${ana.link.address}/${kind}/${bad}`);
      await expect(ana.page.getByText('No document has this address')).toBeVisible();
      expect(await ana.page.evaluate(() => window.concord)).toBeUndefined();
    }
    await ana.page.getByRole('link', { name: 'Go to the home page' }).click();
    await expect(ana.page.getByRole('heading', { name: 'Start something new' })).toBeVisible();
  });

  test(`${kind}: two people side by side in one window`, async ({ people }) => {
    const [ana] = (await people(1)) as [Person];
    await ana.page.goto(ana.link.address);
    await ana.home.tryAsTwo(kind);
    for (const name of ['Ana', 'Bo'] as const) {
      const side = ana.home.side(kind, name);
      await expect(side.getByRole('button', { name: `${name} (you)` })).toBeVisible();
      const other = name === 'Ana' ? 'Bo' : 'Ana';
      const here = side.getByRole('list', { name: 'People here' });
      await expect(here.getByRole('img', { name: other, exact: true }).first()).toBeVisible();
    }
    const title = (name: 'Ana' | 'Bo') =>
      ana.home.side(kind, name).getByRole('textbox', { name: 'Title', exact: true });
    await write(title('Ana'), 'Side by side');
    await expect(title('Bo')).toHaveValue('Side by side');
  });
}

test('one of the two goes offline, both work on, and it comes together', async ({ people }) => {
  const [someone] = (await people(1)) as [Person];
  await someone.page.goto(`${someone.link.address}/try/board`);
  const [left, right] = [someone.home.side('board', 'Ana'), someone.home.side('board', 'Bo')];
  const screens = [left, right].map((side) => ({
    getByRole: side.getByRole.bind(side),
    getByText: side.getByText.bind(side),
  }));
  const [ana, bo] = screens.map((screen) => new BoardPage(someone.page, screen)) as [BoardPage, BoardPage];
  await ana.begin();
  await expect(bo.list('Done')).toBeVisible();
  await right.getByRole('button', { name: 'More', exact: true }).click();
  await right.getByRole('menuitemcheckbox', { name: 'Work offline' }).click();
  await expect(right.getByText('You chose to work offline.')).toBeVisible();
  await ana.add('From Ana');
  await bo.add('From Bo');
  await ana.showsNot('From Bo');
  await right.getByRole('button', { name: 'Go online' }).click();
  for (const board of [ana, bo]) {
    await board.shows('From Ana');
    await board.shows('From Bo');
  }
});

test('kept on this device, every app opens without any network and takes edits', async ({ people, id }) => {
  const [ana] = (await people(1, { installs: true })) as [Person];
  await ana.page.goto(ana.link.address);
  const installed = (): Promise<number> =>
    ana.page.evaluate(async () => {
      const workers = await navigator.serviceWorker.getRegistrations();
      return workers.filter((worker) => worker.active?.state === 'activated').length;
    });
  await expect.poll(installed, { timeout: 30_000 }).toBe(5);
  ana.goOffline();
  for (const kind of APP_KINDS) {
    await ana.page.goto(`${ana.link.address}/${kind}/${id}`);
    await ana.isReady();
    await ana.rename(`Made offline: ${kind}`);
    await ana.sees(/^Offline · \d+ waiting$/);
  }
  await ana.reload();
  await ana.seesTitle('Made offline: gantt');
  await ana.page.goto(ana.link.address);
  await ana.home.recent('Made offline: board').click();
  await ana.isReady();
  await ana.goOnline();
  await ana.sees('Saved');
});
