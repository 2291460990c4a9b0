import { expect, type Locator, type Page } from '@playwright/test';
import type { Person } from '../fixtures/person.ts';
import type { AppKind } from './app-page.ts';
import { write } from './write.ts';

/** What stands beside the document, the same in every app: comments and notifications. */
export class CommentsPanel {
  readonly #person: Person;
  readonly #page: Page;

  constructor(person: Person) {
    this.#person = person;
    this.#page = person.page;
  }

  get panel(): Locator {
    return this.#page.getByRole('complementary', { name: 'Comments' });
  }

  /** The threads in view, from top to bottom. */
  get threads(): Locator {
    return this.panel.getByRole('article');
  }

  thread(quote: string): Locator {
    return this.panel.getByRole('article', { name: new RegExp(`on “${quote}”$`) });
  }

  /** The button in the bar, which says how many are open. */
  button(name: 'Comments' | 'Notifications', count: number): Locator {
    const label = count === 0 ? name : `${name} (${count})`;
    return this.#page.getByRole('banner').getByRole('button', { name: label, exact: true });
  }

  async open(): Promise<void> {
    await this.#page
      .getByRole('banner')
      .getByRole('button', { name: /^Comments/ })
      .click();
    await expect(this.panel).toBeVisible();
  }

  /** Puts the focus on the thing that says `words`, or selects them. */
  async choose(kind: AppKind, words: string): Promise<void> {
    const { docs, board, blocks, gantt } = this.#person;
    if (kind === 'board') await board.card(words).focus();
    else if (kind === 'gantt') await gantt.cell(words, 'Finish').click();
    else if (kind === 'blocks') await blocks.caretToEndOf(words);
    else {
      await docs.caretToEnd();
      for (const _ of words) await docs.press('Shift+ArrowLeft');
    }
  }

  /** Comments on what is chosen, by keys alone. */
  async say(text: string): Promise<void> {
    await this.#page.keyboard.press('ControlOrMeta+Alt+m');
    await expect(this.panel.getByRole('textbox', { name: 'Comment', exact: true })).toBeFocused();
    await this.#page.keyboard.type(text);
    await this.#page.keyboard.press('ControlOrMeta+Enter');
    await expect(this.panel.getByText(text)).toBeVisible();
  }

  async reply(quote: string, text: string): Promise<void> {
    await write(this.thread(quote).getByRole('textbox', { name: 'Reply' }), text);
    await this.#page.keyboard.press('ControlOrMeta+Enter');
    await expect(this.thread(quote).getByText(text)).toBeVisible();
  }

  /** What one's own message offers. */
  async act(quote: string, action: 'Edit' | 'Delete'): Promise<void> {
    const more = this.thread(quote).getByRole('button', {
      name: `Actions for the comment by ${this.#person.name}`,
    });
    await more.first().click();
    await this.#page.getByRole('menuitem', { name: action }).click();
  }

  /** The words in the text that are commented on, as they are drawn. */
  get marked(): Promise<string> {
    return this.#page
      .getByRole('main')
      .locator('mark')
      .allTextContents()
      .then((texts) => texts.join('|'));
  }
}
