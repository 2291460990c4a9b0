import { expect, type Locator, type Page } from '@playwright/test';

/** What merged without its makers seeing each other. */
export class InboxPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get panel(): Locator {
    return this.#page.getByRole('complementary', { name: 'Merged changes' });
  }

  /** The button is in the bar only while something waits. */
  get button(): Locator {
    return this.#page.getByRole('banner').getByRole('button', { name: /^Merged changes/ });
  }

  async open(): Promise<void> {
    await this.button.click();
    await expect(this.panel).toBeVisible();
  }

  /** The entry that tells of a thing. */
  entry(thing: string): Locator {
    return this.panel
      .getByRole('listitem')
      .filter({ hasText: thing })
      .filter({ has: this.#page.getByRole('button') });
  }

  /** One side of an entry, as it is read: who, what, and whether it stands now. */
  async side(thing: string, who: string): Promise<string> {
    const side = this.entry(thing).getByRole('listitem').filter({ hasText: who }).first();
    return ((await side.textContent()) ?? '').replace(/\s+/g, ' ').trim();
  }
}
