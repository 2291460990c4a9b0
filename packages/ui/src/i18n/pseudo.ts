const FROM = 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
const TO = [...'áƀçðéƒĝĥíĵķĺɱñóþɋŕšţûṽŵẋýžÁƁÇÐÉƑĜĤÍĴĶĹṀÑÓÞɊŔŠŢÛṼŴẊÝŽ'];

/** English with accents and a third longer, in brackets: a word without them was never extracted, one cut off is too wide. */
function pseudoText(text: string): string {
  const accented = [...text].map((char) => TO[FROM.indexOf(char)] ?? char).join('');
  return `⟦${accented}${'·'.repeat(Math.ceil(text.length / 3))}⟧`;
}

/** The same for every text in a catalogue, what its functions return included. */
export function pseudo<T>(value: T): T {
  if (typeof value === 'string') return pseudoText(value) as T;
  if (typeof value === 'function') {
    return ((...args: unknown[]) => pseudo((value as (...args: unknown[]) => unknown)(...args))) as T;
  }
  if (Array.isArray(value)) return value.map(pseudo) as T;
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, pseudo(item)])) as T;
  }
  return value;
}
