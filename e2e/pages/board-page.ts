import { expect, type Locator, type Page } from '@playwright/test';
import type { AppPage } from './app-page.ts';
import { write } from './write.ts';

/** What a locator can be looked for in: a whole page, or one frame of it. */
type Screen = Pick<Page, 'getByRole' | 'getByText'>;

export class BoardPage implements AppPage {
  readonly #page: Page;
  readonly #screen: Screen;

  constructor(page: Page, screen: Screen = page) {
    this.#page = page;
    this.#screen = screen;
  }

  async begin(): Promise<void> {
    await this.#screen.getByRole('button', { name: 'Start with To do, Doing, Done' }).click();
    await expect(this.list('Done')).toBeVisible();
  }

  async add(words: string): Promise<void> {
    await this.addCards('To do', words);
  }

  async goOn(words: string): Promise<void> {
    await this.add(words);
  }

  async shows(words: string): Promise<void> {
    await expect(this.card(words)).toHaveCount(1);
    await expect(this.card(words)).toBeVisible();
  }

  async showsNot(words: string): Promise<void> {
    await expect(this.card(words)).toHaveCount(0);
  }

  async content(): Promise<readonly string[]> {
    const names = await this.lists.evaluateAll((lists) =>
      lists.map((list) => list.getAttribute('aria-label') ?? ''),
    );
    const lanes = names.map(async (name) => [`# ${name}`, ...(await this.cards(name).allTextContents())]);
    return (await Promise.all(lanes)).flat();
  }

  /** The columns of the board, from left to right. */
  get lists(): Locator {
    return this.#screen.getByRole('main').getByRole('region');
  }

  list(name: string): Locator {
    return this.#screen.getByRole('region', { name, exact: true });
  }

  /** The cards of a list, from top to bottom. */
  cards(list: string): Locator {
    const cards = this.list(list).getByRole('list', { name: list, exact: true });
    return cards.getByRole('button', { name: /^(?!Actions for )/ });
  }

  card(title: string): Locator {
    return this.#screen.getByRole('main').getByRole('button', { name: title, exact: true });
  }

  /** Writes a card's title at the end of a list; Enter would add it. */
  async draftCard(list: string, title: string): Promise<void> {
    const field = this.list(list).getByRole('textbox', { name: 'Card title' });
    // By key: another's new card may push the button from under the pointer.
    if (!(await field.isVisible()))
      await this.list(list).getByRole('button', { name: 'Add a card' }).press('Enter');
    await write(field, title);
  }

  /** Adds cards one after the other at the end of a list. */
  async addCards(list: string, ...titles: readonly string[]): Promise<void> {
    for (const title of titles) {
      await this.draftCard(list, title);
      await this.#page.keyboard.press('Enter');
    }
    await this.#page.keyboard.press('Escape');
  }

  /** Takes the focused card into the hand, by key. */
  async pickUp(title: string): Promise<void> {
    await this.#page.keyboard.press('Space');
    await expect(this.#page.getByText(new RegExp(`^Picked up ${title}`))).toBeAttached();
    // dnd-kit listens for the next key one task later than it says so; the browser runs what is due in order.
    await this.#page.evaluate(() => new Promise((resolve) => setTimeout(resolve)));
  }

  async addList(title: string): Promise<void> {
    await this.#screen.getByRole('button', { name: 'Add a list', exact: true }).click();
    const form = this.#screen.getByRole('form', { name: 'New list' });
    await write(form.getByRole('textbox', { name: 'List title' }), title);
    await form.getByRole('button', { name: 'Add list' }).click();
    await form.getByRole('button', { name: 'Stop adding' }).click();
  }

  async renameList(from: string, to: string): Promise<void> {
    const field = this.list(from).getByRole('textbox', { name: 'List title' });
    await write(field, to);
    await field.press('Enter');
  }

  /** An entry of the card's own menu. */
  async #choose(card: string, entry: RegExp): Promise<void> {
    await this.#screen.getByRole('button', { name: `Actions for ${card}`, exact: true }).click();
    await this.#screen.getByRole('menuitem', { name: entry }).click();
  }

  async moveTo(card: string, list: string, position?: string): Promise<void> {
    await this.#choose(card, /^Move to…/);
    const dialog = this.#screen.getByRole('dialog', { name: `Move “${card}”` });
    await this.#select(dialog, 'List', list);
    if (position !== undefined) await this.#select(dialog, 'Position', position);
    await dialog.getByRole('button', { name: 'Move card' }).click();
    await expect(dialog).toBeHidden();
  }

  async #select(dialog: Locator, label: string, option: string): Promise<void> {
    await dialog.getByRole('combobox', { name: label }).click();
    await this.#screen.getByRole('option', { name: option, exact: true }).click();
  }

  async archive(card: string): Promise<void> {
    await this.#choose(card, /^Archive card/);
  }

  async archiveList(list: string): Promise<void> {
    await this.#screen.getByRole('button', { name: `Actions for list ${list}` }).click();
    await this.#screen.getByRole('menuitem', { name: 'Archive list' }).click();
  }

  async openArchive(): Promise<Locator> {
    await this.#screen.getByRole('button', { name: 'Archive', exact: true }).click();
    return this.#screen.getByRole('dialog', { name: 'Archive' });
  }

  async open(card: string): Promise<Locator> {
    await this.card(card).click();
    const dialog = this.#screen.getByRole('dialog', { name: card });
    await expect(dialog).toBeVisible();
    return dialog;
  }

  /** The long text of the open card. */
  get description(): Locator {
    return this.#screen.getByRole('dialog').getByRole('textbox', { name: 'Description' });
  }

  /** Takes a card with the mouse and holds it over another list. */
  async lift(card: string, over: string): Promise<void> {
    await this.card(card).hover();
    await this.#page.mouse.down();
    const target = await this.list(over).boundingBox();
    if (!target) throw new Error(`the list ${over} is not on the screen`);
    const x = target.x + target.width / 2;
    const y = target.y + 70;
    // The first step says that it is a drag, the others where to.
    await this.#page.mouse.move(x - 20, y, { steps: 8 });
    await this.#page.mouse.move(x, y, { steps: 4 });
  }

  async drop(): Promise<void> {
    await this.#page.mouse.up();
  }
}
