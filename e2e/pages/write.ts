import type { Locator } from '@playwright/test';

/** Puts `text` in the place of what stands in a field, key by key, as a person does. */
export async function write(field: Locator, text: string): Promise<void> {
  await field.press('ControlOrMeta+a');
  if (text === '') await field.press('Delete');
  else await field.pressSequentially(text);
}
