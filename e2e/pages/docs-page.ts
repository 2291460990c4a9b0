import { expect, type Locator, type Page } from '@playwright/test';
import type { AppPage } from './app-page.ts';
import { atRest } from './write.ts';

export class DocsPage implements AppPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async begin(): Promise<void> {
    await this.type('Begin');
  }

  async add(words: string): Promise<void> {
    await this.caretToEnd();
    await this.#page.keyboard.press('Enter');
    await this.#page.keyboard.type(words);
  }

  async goOn(words: string): Promise<void> {
    await this.#page.keyboard.type(words);
  }

  async shows(words: string): Promise<void> {
    await expect(this.text).toContainText(words);
    const content = (await this.text.textContent()) ?? '';
    expect(content.split(words).length - 1, `“${words}” stands there once`).toBe(1);
  }

  async showsNot(words: string): Promise<void> {
    await expect(this.text).not.toContainText(words);
  }

  content(): Promise<readonly string[]> {
    return this.text.evaluate((text) =>
      [...text.children].map((block) => {
        const kind = block.getAttribute('data-block') ?? block.tagName.toLowerCase();
        return `${kind}: ${block.textContent}`;
      }),
    );
  }

  get text(): Locator {
    return this.#page.getByRole('textbox', { name: 'Document text' });
  }

  caretOf(person: string): Locator {
    return this.#page.getByRole('main').getByRole('img', { name: `${person} is here` });
  }

  /** What is emphasised so, joined: another person's caret may stand within. */
  async marked(as: 'strong' | 'emphasis'): Promise<string> {
    return (await this.text.getByRole(as).allTextContents()).join('');
  }

  tool(name: string): Locator {
    return this.#page.getByRole('toolbar', { name: 'Formatting' }).getByRole('button', { name, exact: true });
  }

  /** Types at the caret; at the end of the text if the caret is elsewhere on the page. */
  async type(words: string): Promise<void> {
    if (!(await this.text.evaluate((text) => text.contains(document.activeElement)))) await this.caretToEnd();
    await this.#page.keyboard.type(words);
  }

  async press(...keys: readonly string[]): Promise<void> {
    for (const key of keys) await this.#page.keyboard.press(key);
  }

  async caretToEnd(): Promise<void> {
    await this.text.focus();
    await atRest(this.text);
    await this.#page.keyboard.press('ControlOrMeta+End');
  }

  /** Between two characters of the first line. */
  async caretTo(column: number): Promise<void> {
    await this.text.click();
    await atRest(this.text);
    await this.#page.keyboard.press('ControlOrMeta+Home');
    for (let i = 0; i < column; i++) await this.#page.keyboard.press('ArrowRight');
  }

  /** Selects part of the first line by keyboard. */
  async select(from: number, to: number): Promise<void> {
    await this.caretTo(from);
    for (let i = from; i < to; i++) await this.#page.keyboard.press('Shift+ArrowRight');
  }
}
