/** A piece of a message: plain words, or somebody's name behind an @. */
export interface Piece {
  readonly text: string;
  readonly mention: boolean;
}

const inWord = (char: string | undefined): boolean => char !== undefined && /[\p{L}\p{N}_]/u.test(char);

/** The name that is mentioned at `at`, where an @ stands: the longest that fits and is not the start of a longer word. */
function nameAt(text: string, at: number, names: readonly string[]): string | null {
  if (inWord(text[at - 1])) return null;
  let found: string | null = null;
  for (const name of names) {
    const end = at + 1 + name.length;
    if (name === '' || name.length <= (found?.length ?? 0) || inWord(text[end])) continue;
    const same = text.slice(at + 1, end).localeCompare(name, undefined, { sensitivity: 'accent' }) === 0;
    if (same) found = name;
  }
  return found;
}

/** A message cut at the names that it mentions. */
export function piecesOf(text: string, names: readonly string[]): readonly Piece[] {
  const pieces: Piece[] = [];
  let from = 0;
  for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
    const name = nameAt(text, at, names);
    if (name === null) continue;
    if (at > from) pieces.push({ text: text.slice(from, at), mention: false });
    from = at + 1 + name.length;
    pieces.push({ text: text.slice(at, from), mention: true });
  }
  if (from < text.length) pieces.push({ text: text.slice(from), mention: false });
  return pieces;
}

export const isMentioned = (text: string, name: string): boolean =>
  piecesOf(text, [name]).some(({ mention }) => mention);

/** Names by person: who is named in a message, and as what. */
export type Named = { readonly [person: string]: string };

/** Who a text names, of those known by their names now; and of those whom it named before, who still stand there. */
export function namedIn(text: string, people: Named, before: Named = {}): Named {
  const known = [...Object.entries(people), ...Object.entries(before)];
  const lower = (name: string): string => name.toLocaleLowerCase();
  const stand = new Set(
    piecesOf(
      text,
      known.map(([, name]) => name),
    )
      .filter(({ mention }) => mention)
      .map((piece) => lower(piece.text.slice(1))),
  );
  return Object.fromEntries(known.filter(([, name]) => stand.has(lower(name))));
}

/** A mention that is being typed: the @ at `from`, and what stands between it and the caret. */
export interface Asked {
  readonly from: number;
  readonly query: string;
}

/** Whether the caret stands behind an @ that may become a mention. */
export function askedAt(text: string, caret: number): Asked | null {
  const from = text.lastIndexOf('@', caret - 1);
  if (from < 0 || inWord(text[from - 1])) return null;
  const query = text.slice(from + 1, caret);
  return query.length <= 40 && !/[\n@]/.test(query) ? { from, query } : null;
}
