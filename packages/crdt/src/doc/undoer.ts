import { InvalidOp } from '../core/crdt-type.ts';
import type { LeafContainer } from '../schema/container.ts';
import type { Clock } from './clock.ts';
import type { Draft } from './draft.ts';
import type { Part, UndoStack } from './undo.ts';

/** Adds to `parts` what takes back the change in `draft`, segment by segment. */
export function partsOf(draft: Draft, peer: number, parts: Part[] = []): Part[] {
  let from = draft.from;
  for (let i = 0; i < draft.segments; i++) {
    const container = draft.containers[i] as LeafContainer;
    const to = draft.ends[i] as number;
    const ops = container.type.journal === undefined ? (draft.inverses[i] as readonly unknown[]) : null;
    if (ops === null || ops.length > 0) parts.push({ container, ops, peer, from, to });
    from = to;
  }
  return parts;
}

/** Puts the change in `draft` on the stack. */
export function recordUndo(stack: UndoStack, draft: Draft, peer: number, label: string, clock: Clock): void {
  if (draft.segments === 1) {
    const container = draft.containers[0] as LeafContainer;
    if (
      container.type.journal !== undefined &&
      stack.extend(label, container, peer, draft.from, draft.next, clock)
    )
      return;
  }
  if (hasParts(draft)) partsOf(draft, peer, stack.stepFor(label, clock.now).parts);
}

function hasParts(draft: Draft): boolean {
  for (let i = 0; i < draft.segments; i++) {
    const { journal } = (draft.containers[i] as LeafContainer).type;
    if (journal !== undefined || (draft.inverses[i] as readonly unknown[]).length > 0) return true;
  }
  return false;
}

/** Applies what takes back `parts`, in their order, in the running change. */
export function takeBack(parts: readonly Part[], draft: Draft): void {
  for (const { container, ops, peer, from, to } of parts)
    emitAll(draft, container, ops ?? container.type.journal?.invert(container.state, peer, from, to) ?? []);
}

/** Applies ops by container in the running change. */
export function emitEach(
  draft: Draft,
  parts: Iterable<readonly [container: LeafContainer, ops: Iterable<unknown>]>,
): void {
  for (const [container, ops] of parts) emitAll(draft, container, ops);
}

function emitAll(draft: Draft, container: LeafContainer, ops: Iterable<unknown>): void {
  for (const op of ops) {
    try {
      draft.emit(container, op);
    } catch (error) {
      // What it would take back is gone meanwhile: the rest still counts.
      if (!(error instanceof InvalidOp)) throw error;
    }
  }
}
