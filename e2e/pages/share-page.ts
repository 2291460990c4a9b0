import { expect, type Locator, type Page } from '@playwright/test';

type LinkMay = 'read' | 'read and comment' | 'edit';
type PersonMay = 'Owner' | 'Can edit' | 'Can comment' | 'Can read';

/** The share dialog of any document. */
export class SharePage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  get dialog(): Locator {
    return this.#page.getByRole('dialog', { name: /^Share/ });
  }

  async open(): Promise<void> {
    await this.#page.getByRole('banner').getByRole('button', { name: 'Share' }).click();
    await expect(this.dialog).toBeVisible();
  }

  async close(): Promise<void> {
    await this.#page.keyboard.press('Escape');
    await expect(this.dialog).toBeHidden();
  }

  /** Makes a link with a role, and leaves the dialog open. */
  async makeLink(may: LinkMay): Promise<string> {
    await this.#choose('Who has the link may', may);
    await this.dialog.getByRole('button', { name: 'Make a link' }).click();
    return this.dialog.getByRole('textbox', { name: 'The new link' }).inputValue();
  }

  async revoke(may: LinkMay): Promise<void> {
    const name = new RegExp(`^Revoke the link to ${may} \\(`);
    await this.dialog.getByRole('button', { name }).click();
  }

  async addPerson(user: string, may: PersonMay): Promise<void> {
    await this.dialog.getByRole('textbox', { name: 'Account name' }).fill(user);
    await this.#choose('Role', may);
    await this.dialog.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(this.dialog.getByRole('combobox', { name: `Role of ${user}` })).toHaveText(may);
  }

  async setPerson(user: string, may: PersonMay): Promise<void> {
    await this.#choose(`Role of ${user}`, may);
  }

  async #choose(label: string, option: string): Promise<void> {
    const field = this.dialog.getByRole('combobox', { name: label, exact: true });
    await field.click();
    await this.#page.getByRole('option', { name: option, exact: true }).click();
    await expect(field).toHaveText(option);
  }
}
