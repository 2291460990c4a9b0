import { expect, type Locator, type Page } from '@playwright/test';
import type { AppPage } from './app-page.ts';
import { write } from './write.ts';

export type GanttColumn = 'Start' | 'Finish' | 'Duration' | 'Progress' | 'Predecessors' | 'Float';

export class GanttPage implements AppPage {
  readonly #page: Page;

  constructor(page: Page) {
    this.#page = page;
  }

  async begin(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Add first task' }).click();
    await write(this.table.getByRole('textbox', { name: 'Task of Untitled task' }), 'Begin');
    await this.#page.keyboard.press('Enter');
    await this.shows('Begin');
  }

  async beginWithSample(): Promise<void> {
    await this.#page.getByRole('button', { name: 'Sample plan' }).click();
    await this.shows('Launch');
  }

  async add(words: string): Promise<void> {
    await this.draftTask(words);
    await this.#page.keyboard.press('Enter');
    await expect(this.row(words)).toBeVisible();
  }

  /** Adds a task and writes its name; Enter would commit it. */
  async draftTask(name: string): Promise<void> {
    await this.#page.getByRole('group', { name: 'Plan' }).getByRole('button', { name: 'Add task' }).click();
    await write(this.table.getByRole('textbox', { name: 'Task of Untitled task' }), name);
  }

  async goOn(words: string): Promise<void> {
    await this.add(words);
  }

  async shows(words: string): Promise<void> {
    await expect(this.row(words)).toHaveCount(1);
    await expect(this.row(words)).toBeVisible();
  }

  async showsNot(words: string): Promise<void> {
    await expect(this.row(words)).toHaveCount(0);
  }

  /** Each row as its cells, in the words of a screen reader. */
  content(): Promise<readonly string[]> {
    return this.table
      .getByRole('row')
      .evaluateAll((rows) =>
        rows
          .slice(1)
          .map((row) =>
            [...row.querySelectorAll('[role=rowheader], [role=gridcell]')]
              .map((cell) => cell.getAttribute('aria-label'))
              .join('; '),
          ),
      );
  }

  get table(): Locator {
    return this.#page.getByRole('grid', { name: 'Tasks' });
  }

  row(name: string): Locator {
    return this.table.getByRole('row', { name, exact: true });
  }

  /** A cell by its column; its name says what stands in it: `Duration 3 days`. */
  cell(task: string, column: GanttColumn): Locator {
    return this.row(task).getByRole('gridcell', { name: new RegExp(`^${column}`) });
  }

  /** The first click selects a cell, Enter opens it. */
  async openCell(task: string, column: GanttColumn): Promise<Locator> {
    const cell = this.cell(task, column);
    await cell.click();
    await cell.press('Enter');
    return this.table.getByRole('textbox', { name: `${column} of ${task}` });
  }

  async set(task: string, column: GanttColumn, value: string): Promise<void> {
    const field = await this.openCell(task, column);
    await write(field, value);
    await field.press('Enter');
    await expect(field).toBeHidden();
  }

  bar(task: string): Locator {
    return this.#page.getByRole('group', { name: 'Chart' }).getByRole('button', { name: `Bar of ${task},` });
  }

  /** An arrow of the chart. */
  link(from: string, to: string): Locator {
    return this.#page.getByRole('button', { name: `Link from ${from} to ${to},` });
  }

  async delete(task: string): Promise<void> {
    await this.row(task).getByRole('rowheader').click();
    await this.row(task).getByRole('rowheader').press('Delete');
    await this.showsNot(task);
  }

  async openTrash(): Promise<Locator> {
    await this.#page.getByRole('button', { name: /^Trash/ }).click();
    return this.#page.getByRole('dialog', { name: 'Trash' });
  }
}
