import { type DocEvent, TRASH, textPatches, treePatches } from '@concord/crdt';
import { tellAtOnce } from '@concord/shell';
import { announce } from '@concord/ui';
import { useEffect } from 'react';
import type { Editing } from '../editing.ts';
import { focusedBlock } from '../focus.ts';
import { isTrashed, moveAnyway } from '../model.ts';
import { nameOf } from '../names.ts';
import { subtree } from '../rows.ts';
import { setState } from '../store.ts';
import { words } from '../words.ts';

/** How long a block counts as being edited after the last change to it, in milliseconds. */
const RECENT = 120_000;

/** Moves beyond this in one batch are a catch-up: they are counted, not told one by one. */
const MANY = 4;

/** Tells of what others did where it meets what this reader does: a deleted block, a move that made a ring. */
export function useRemoteNews(editing: Editing): void {
  useEffect(() => {
    const { session } = editing;
    const { doc } = session;
    /** When this reader last wrote in a block. */
    const written = new Map<string, number>();

    const authorOf = (event: DocEvent): string => {
      const replicas = new Set(event.changes.map((change) => change.replica));
      const [one] = replicas;
      const peer = session.presence.peers().find((each) => each.replica === one);
      return (replicas.size === 1 && peer?.name) || words.someone;
    };

    const tellSkipped = (event: DocEvent): void => {
      for (const patch of treePatches(event, 'tree')) {
        if (patch.type !== 'skipped' || !patch.op.endsWith(`@${doc.replica}`)) continue;
        const { node, parent } = patch;
        tellAtOnce(`ring ${[node, parent].sort().join(' ')}`, {
          title: words.skipped(nameOf(editing.block(node))),
          description: words.skippedHint(nameOf(editing.block(parent))),
          action: {
            label: words.applyAnyway,
            onSelect: () => editing.change(words.moveBlock, (root) => moveAnyway(root, node, parent)),
          },
          duration: 15_000,
        });
      }
    };

    const tellDeleted = (id: string, author: string): boolean => {
      const block = editing.block(id);
      if (!block) return false;
      const focused = focusedBlock();
      const mine = subtree(block).find(
        (each) => each.id === focused || Date.now() - (written.get(each.id) ?? -RECENT) < RECENT,
      );
      if (!mine) return false;
      tellAtOnce(`deleted ${id}`, {
        title: words.othersDeletedMine(author),
        description: words.keptInTrash(nameOf(mine)),
        action: { label: words.restore, onSelect: () => editing.restore(id) },
        duration: 15_000,
      });
      return true;
    };

    const tellTree = (event: DocEvent, author: string): void => {
      const moved = treePatches(event, 'tree').filter((patch) => patch.type === 'moved');
      for (const { node, to } of moved) if (to === TRASH) tellDeleted(node, author);
      if (moved.length > MANY) {
        announce(words.othersChanged(author, moved.length));
        return;
      }
      for (const { node, from, to } of moved) {
        const name = nameOf(editing.block(node));
        if (to === TRASH) announce(words.othersDeleted(author, name));
        else if (from === null) announce(words.othersAdded(author));
        else announce(from === TRASH ? words.othersRestored(author, name) : words.othersMoved(author, name));
      }
    };

    /** Writing that landed in a block which is in the trash here. */
    const tellTrashed = (event: DocEvent, author: string): void => {
      const first = textPatches(event, 'stream').find((patch) => patch.type === 'insert');
      if (!first?.spans.some((span) => span.type === 'text')) return;
      const found = blockAt(editing, first.index);
      if (found === null || !doc.query((root) => isTrashed(root, found))) return;
      const top = editing.page.trash.find((each) => subtree(each).some((part) => part.id === found));
      tellAtOnce(`deleted ${top?.id ?? found}`, {
        title: words.othersInDeleted(author),
        description: words.keptInTrash(nameOf(editing.block(found))),
        action: {
          label: words.restore,
          onSelect: () => {
            if (top) editing.restore(top.id);
            else setState({ trash: true });
          },
        },
      });
    };

    return doc.subscribe((event) => {
      tellSkipped(event);
      if (event.origin !== 'remote') {
        const focused = focusedBlock();
        if (focused !== null && textPatches(event, 'stream').length > 0) written.set(focused, Date.now());
        return;
      }
      const author = authorOf(event);
      tellTree(event, author);
      tellTrashed(event, author);
    });
  }, [editing]);
}

/** The block whose content holds a place in the stream. */
function blockAt(editing: Editing, index: number): string | null {
  return editing.session.doc.query((root) => {
    let at = 0;
    let block: string | null = null;
    for (const span of root.stream.spans()) {
      if (at > index) break;
      if (span.type === 'block') block = span.id;
      at += span.type === 'text' ? span.text.length : 1;
    }
    return block;
  });
}
