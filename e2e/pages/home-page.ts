import type { FrameLocator, Locator, Page } from '@playwright/test';
import type { AppKind } from './app-page.ts';
import { write } from './write.ts';

const CREATE = { docs: 'New document', board: 'New board', blocks: 'New page', gantt: 'New plan' } as const;
export const APP_NAMES = { docs: 'Docs', board: 'Board', blocks: 'Blocks', gantt: 'Gantt' } as const;

export class HomePage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async create(kind: AppKind): Promise<void> {
    await this.#page.getByRole('button', { name: CREATE[kind] }).click();
    await this.#page.waitForURL(new RegExp(`/${kind}/[A-Za-z0-9_-]+$`));
  }

  async openLink(address: string): Promise<void> {
    await write(this.#page.getByRole('textbox', { name: 'Open a link' }), address);
    await this.#page.getByRole('button', { name: 'Open', exact: true }).click();
  }

  /** The documents opened in this browser. */
  get recents(): Locator {
    return this.#page.getByRole('region', { name: 'Your documents' });
  }

  recent(title: string): Locator {
    return this.recents.getByRole('link', { name: title, exact: true });
  }

  /** Does what a line of the document's menu says. */
  async act(title: string, line: string): Promise<void> {
    await this.recents.getByRole('button', { name: `Actions for ${title}` }).click();
    await this.#page.getByRole('menuitem', { name: line }).click();
  }

  async show(shelf: 'Recent' | 'Starred' | 'Trash'): Promise<void> {
    await this.recents.getByRole('radio', { name: shelf }).click();
  }

  async tryAsTwo(kind: AppKind): Promise<void> {
    await this.#page.getByRole('link', { name: `Try it as two people: ${APP_NAMES[kind]}` }).click();
    await this.#page.waitForURL(new RegExp(`/try/${kind}`));
  }

  /** One of the two people in the window. */
  side(kind: AppKind, name: 'Ana' | 'Bo'): FrameLocator {
    return this.#page.getByTitle(`${APP_NAMES[kind]}, ${name}`).contentFrame();
  }
}
