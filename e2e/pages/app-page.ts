export const APP_KINDS = ['docs', 'board', 'blocks', 'gantt'] as const;
export type AppKind = (typeof APP_KINDS)[number];

/** What every app can do, whatever its things are called: a card, a task, a line of text. */
export interface AppPage {
  /** Takes an empty document as far as something can be added. One person does it, for all. */
  begin(): Promise<void>;
  /** Adds one thing that says `words`. */
  add(words: string): Promise<void>;
  /** Says more where one is: in a text right after what one added, elsewhere as another thing. */
  goOn(words: string): Promise<void>;
  /** The screen shows a thing that says `words`, once. */
  shows(words: string): Promise<void>;
  showsNot(words: string): Promise<void>;
  /** All that the screen shows of the document, to be compared with what others see. */
  content(): Promise<readonly string[]>;
}
