import { expect, type Locator, type Page } from '@playwright/test';
import type { AppPage } from './app-page.ts';
import { atRest } from './write.ts';

export class BlocksPage implements AppPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async begin(): Promise<void> {
    await this.beginWith('Begin');
    await this.shows('Begin');
  }

  /** The first key on an empty page makes the first block. */
  async beginWith(words: string): Promise<void> {
    await this.#page.getByRole('main').getByRole('textbox', { name: 'Text' }).focus();
    await this.#page.keyboard.type(words);
  }

  async add(words: string): Promise<void> {
    await this.#page.getByRole('button', { name: 'Add a block', exact: true }).click();
    await this.#page.keyboard.type(words);
  }

  async goOn(words: string): Promise<void> {
    await this.#page.keyboard.type(words);
  }

  async shows(words: string): Promise<void> {
    await expect(this.block(words)).toHaveCount(1);
  }

  async showsNot(words: string): Promise<void> {
    await expect(this.block(words)).toHaveCount(0);
  }

  /** Every block in reading order, deeper ones indented: `  To-do: Milk`. */
  content(): Promise<readonly string[]> {
    return this.blocks.evaluateAll((blocks) =>
      blocks.map((block) => {
        const level = Number(block.closest('li')?.getAttribute('aria-level') ?? 1);
        return `${'  '.repeat(level - 1)}${block.getAttribute('aria-label')}: ${block.textContent}`;
      }),
    );
  }

  /** The texts of the blocks in view. */
  get blocks(): Locator {
    return this.#page.getByRole('list', { name: 'Blocks' }).getByRole('textbox');
  }

  block(words: string): Locator {
    return this.blocks.filter({ hasText: words });
  }

  /** What is bold on the page, joined: another person's caret may stand within. */
  async bold(): Promise<string> {
    return (await this.blocks.getByRole('strong').allTextContents()).join('');
  }

  /** The caret between two characters of a block. */
  async caretTo(words: string, column: number): Promise<void> {
    await this.block(words).click();
    await atRest(this.block(words));
    await this.#page.keyboard.press('Home');
    for (let i = 0; i < column; i++) await this.#page.keyboard.press('ArrowRight');
  }

  async caretToEndOf(words: string): Promise<void> {
    await this.block(words).focus();
    await atRest(this.block(words));
    await this.#page.keyboard.press('End');
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  /** Types lines, each as a block of its own, from where the caret is. */
  async typeLines(...lines: readonly string[]): Promise<void> {
    for (const [i, line] of lines.entries()) {
      if (i > 0) await this.#page.keyboard.press('Enter');
      await this.#page.keyboard.type(line);
    }
  }

  async #choose(words: string, entry: RegExp): Promise<void> {
    await this.#page.getByRole('button', { name: `Move or change “${words}”` }).click();
    await this.#page.getByRole('menuitem', { name: entry }).click();
  }

  /** Puts a block into another one, without dragging. */
  async moveInto(words: string, target: string): Promise<void> {
    await this.#choose(words, /^Move to…/);
    const dialog = this.#page.getByRole('dialog', { name: `Move “${words}”` });
    await dialog.getByRole('button', { name: `“${target}”` }).click();
    await expect(dialog).toBeHidden();
  }

  async delete(words: string): Promise<void> {
    await this.#choose(words, /^Delete/);
    await this.showsNot(words);
  }

  async openTrash(): Promise<Locator> {
    await this.#page.getByRole('banner').getByRole('button', { name: 'More', exact: true }).click();
    await this.#page.getByRole('menuitem', { name: 'Trash' }).click();
    return this.#page.getByRole('dialog', { name: 'Trash' });
  }
}
