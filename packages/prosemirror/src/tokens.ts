import type { Fragment, Mark, Node } from '@tiptap/pm/model';

/** One element of the text as the editor has it: a UTF-16 unit, an inline leaf, or the start of a block. */
export type Token =
  | { readonly type: 'unit'; readonly unit: string; readonly marks: readonly Mark[] }
  | { readonly type: 'leaf'; readonly node: Node }
  | { readonly type: 'block'; readonly node: Node };

/** The elements of a fragment of blocks or inline nodes. `open`: the first block's start is not part of it. */
export function tokens(fragment: Fragment, open: boolean): Token[] {
  const out: Token[] = [];
  fragment.forEach((node, _offset, index) => {
    if (node.isInline) {
      inlineTokens(node, out);
      return;
    }
    if (!open || index > 0) out.push({ type: 'block', node });
    node.forEach((child) => {
      inlineTokens(child, out);
    });
  });
  return out;
}

function inlineTokens(node: Node, out: Token[]): void {
  if (node.text === undefined) {
    out.push({ type: 'leaf', node });
    return;
  }
  for (let i = 0; i < node.text.length; i++) {
    out.push({ type: 'unit', unit: node.text.charAt(i), marks: node.marks });
  }
}

const isHigh = (token: Token | undefined): boolean =>
  token?.type === 'unit' && /[\ud800-\udbff]/.test(token.unit);
const isLow = (token: Token | undefined): boolean =>
  token?.type === 'unit' && /[\udc00-\udfff]/.test(token.unit);

/** Two blocks always match: their attributes are registers of their own. */
function matches(
  a: Token,
  b: Token,
  sameMarks: (a: readonly Mark[], b: readonly Mark[]) => boolean,
): boolean {
  if (a.type === 'unit') return b.type === 'unit' && a.unit === b.unit && sameMarks(a.marks, b.marks);
  if (a.type === 'leaf') return b.type === 'leaf' && a.node.eq(b.node);
  return b.type === 'block';
}

/** How many elements at the start and at the end are the same. Never cuts a surrogate pair. */
export function commonEnds(
  before: readonly Token[],
  after: readonly Token[],
  sameMarks: (a: readonly Mark[], b: readonly Mark[]) => boolean,
): { readonly prefix: number; readonly suffix: number } {
  const shorter = Math.min(before.length, after.length);
  const same = (a: Token | undefined, b: Token | undefined): boolean =>
    a !== undefined && b !== undefined && matches(a, b, sameMarks);
  let prefix = 0;
  while (prefix < shorter && same(before[prefix], after[prefix])) prefix++;
  if (prefix > 0 && isHigh(before[prefix - 1]) && (isLow(before[prefix]) || isLow(after[prefix]))) prefix--;
  let suffix = 0;
  while (
    suffix < shorter - prefix &&
    same(before[before.length - 1 - suffix], after[after.length - 1 - suffix])
  ) {
    suffix++;
  }
  const cutLow = isLow(before[before.length - suffix]);
  const cutHigh = isHigh(before[before.length - suffix - 1]) || isHigh(after[after.length - suffix - 1]);
  if (suffix > 0 && cutLow && cutHigh) suffix--;
  return { prefix, suffix };
}
