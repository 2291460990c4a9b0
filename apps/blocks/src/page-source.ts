import type { Doc } from '@concord/crdt';
import { type Page, pageOf } from './page.ts';
import type { BlocksSchema, BlocksView } from './schema.ts';

/** The page of a document, derived once per change and shared by everything that shows it. */
export class PageSource {
  readonly #doc: Doc<BlocksSchema>;
  #view: BlocksView | null = null;
  #page: Page | undefined;

  constructor(doc: Doc<BlocksSchema>) {
    this.#doc = doc;
  }

  readonly get = (): Page => {
    const { view } = this.#doc;
    if (this.#page === undefined || view !== this.#view) {
      this.#page = pageOf(view, this.#page);
      this.#view = view;
    }
    return this.#page;
  };

  readonly subscribe = (listener: () => void): (() => void) => this.#doc.subscribe(listener);
}
