import { currentLocale } from '@concord/ui';

/** The text of a written template in the reader's language; in English if that cannot be fetched. */
export async function templateText(name: string): Promise<string | null> {
  const texts = await load();
  return Object.entries(texts).find(([key]) => key === name)?.[1] ?? null;
}

async function load() {
  try {
    if (currentLocale() === 'de') return (await import('./de.ts')).german;
    if (currentLocale() === 'ar') return (await import('./ar.ts')).arabic;
  } catch {
    // English comes with this file.
  }
  return (await import('./en.ts')).english;
}
