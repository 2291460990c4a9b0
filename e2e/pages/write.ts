import type { Locator } from '@playwright/test';

/** Puts `text` in the place of what stands in a field, key by key, as a person does. */
export async function write(field: Locator, text: string): Promise<void> {
  await field.press('ControlOrMeta+a');
  if (text === '') await field.press('Delete');
  else await field.pressSequentially(text);
}

/**
 * Until a rich text that has just got the focus is at rest. It puts its caret right 20 ms later, and would take back
 * what a key did to the caret before that; a timer set now comes after that one.
 */
export async function atRest(text: Locator): Promise<void> {
  await text.evaluate(() => new Promise<void>((done) => setTimeout(done, 25)));
}
