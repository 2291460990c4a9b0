import { type Attrs, type Json, jsonEqual, ROOT, type TextSpan, TRASH } from '@concord/crdt';
import type { BlocksView, BlockType } from './schema.ts';
import { blockType } from './schema.ts';

/** One block as it is shown. What did not change keeps its identity from page to page. */
export interface Block {
  readonly id: string;
  readonly type: BlockType;
  readonly attrs: Attrs;
  /** Its content: text and embeds, no markers. */
  readonly spans: readonly TextSpan[];
  readonly text: string;
  readonly children: readonly Block[];
}

/** Text that no block shows: its block is gone from the stream's markers or from the tree. */
export interface Stray {
  /** The marker before it; null for text before the first marker. */
  readonly id: string | null;
  readonly text: string;
}

export interface Page {
  readonly blocks: readonly Block[];
  /** The tops of deleted subtrees. */
  readonly trash: readonly Block[];
  readonly strays: readonly Stray[];
  /** Every block, deleted ones included. */
  readonly byId: ReadonlyMap<string, Block>;
}

interface Segment {
  readonly attrs: Attrs;
  readonly spans: TextSpan[];
}

/** Below this depth everything is shown at one level: a peer can nest without end, a screen and a call stack cannot. */
const MAX_DEPTH = 100;

/** The page that a view shows. `previous` lends its unchanged blocks. */
export function pageOf(view: BlocksView, previous?: Page): Page {
  const { origin, segments } = segmentsOf(view.stream.spans);
  const byId = new Map<string, Block>();

  const childrenOf = (parent: string): readonly string[] => view.tree.children[parent] ?? [];
  const build = (ids: readonly string[], depth: number): readonly Block[] =>
    (depth < MAX_DEPTH ? ids : withDescendants(ids)).flatMap((id) => {
      const segment = segments.get(id);
      const children = depth < MAX_DEPTH ? build(childrenOf(id), depth + 1) : [];
      // Merged into another block: what stands below it stands in its place.
      if (segment === undefined) return children;
      const block = reuse(previous?.byId.get(id), blockOf(id, segment, children));
      byId.set(id, block);
      return [block];
    });

  /** From top to bottom, without a call for each level. */
  function withDescendants(ids: readonly string[]): readonly string[] {
    const all: string[] = [];
    const next = [...ids].reverse();
    for (let id = next.pop(); id !== undefined; id = next.pop()) {
      all.push(id);
      for (const child of childrenOf(id).toReversed()) next.push(child);
    }
    return all;
  }

  const top = (parent: string): readonly Block[] => build(childrenOf(parent), 0);
  const blocks = top(ROOT);
  const trash = top(TRASH);
  const strays: Stray[] = [];
  if (textOf(origin) !== '') strays.push({ id: null, text: textOf(origin) });
  for (const [id, segment] of segments) {
    if (!byId.has(id) && textOf(segment.spans) !== '') strays.push({ id, text: textOf(segment.spans) });
  }
  return {
    blocks: same(previous?.blocks, blocks),
    trash: same(previous?.trash, trash),
    strays: previous && equal(previous.strays, strays) ? previous.strays : strays,
    byId,
  };
}

function segmentsOf(spans: readonly TextSpan[]): { origin: TextSpan[]; segments: Map<string, Segment> } {
  const origin: TextSpan[] = [];
  const segments = new Map<string, Segment>();
  let current = origin;
  for (const span of spans) {
    if (span.type === 'block') {
      current = [];
      segments.set(span.id, { attrs: span.attrs, spans: current });
    } else current.push(span);
  }
  return { origin, segments };
}

function blockOf(id: string, { attrs, spans }: Segment, children: readonly Block[]): Block {
  return { id, type: blockType(attrs.type), attrs, spans, text: textOf(spans), children };
}

/** `before` if it shows the same as `now`. */
function reuse(before: Block | undefined, now: Block): Block {
  if (before === undefined) return now;
  const children = same(before.children, now.children);
  const spans = equal(before.spans, now.spans) ? before.spans : now.spans;
  const attrs = jsonEqual(before.attrs, now.attrs) ? before.attrs : now.attrs;
  if (children === before.children && spans === before.spans && attrs === before.attrs) return before;
  return { ...now, children, spans, attrs };
}

function same(before: readonly Block[] | undefined, now: readonly Block[]): readonly Block[] {
  return before?.length === now.length && before.every((block, i) => block === now[i]) ? before : now;
}

/** Spans and strays are plain data; interfaces just do not say so to the compiler. */
function equal<T extends object>(a: readonly T[], b: readonly T[]): boolean {
  return jsonEqual(a as readonly object[] as readonly Json[], b as readonly object[] as readonly Json[]);
}

function textOf(spans: readonly TextSpan[]): string {
  return spans.map((span) => (span.type === 'text' ? span.text : '\ufffc')).join('');
}
