import { asOpId, type Deed, formatId, ROOT, type TextOp, TRASH, type TreeOp } from '@concord/crdt';
import {
  type ConflictTold,
  type ConflictViews,
  choiceOf,
  decideTheSame,
  stepOn,
  writtenBy,
} from '@concord/shell';
import type { BlocksSession } from '../editing.ts';
import { moveAnyway, removeBlock, rescueText, restoreBlock, turnInto } from '../model.ts';
import { nameOf } from '../names.ts';
import { type Block, type Page, pageOf } from '../page.ts';
import { subtree } from '../rows.ts';
import { type BlocksMut, blockType } from '../schema.ts';
import { words } from '../words.ts';

const moveOf = ({ op }: Deed): TreeOp => op as TreeOp;
const isMove = ({ path }: Deed): boolean => path === 'tree';

/** The element that a change of the text stands at. */
function elementOf(op: TextOp): string | null {
  if (op.type === 'insert' || op.type === 'element') return op.origin.parent && formatId(op.origin.parent);
  if (op.type === 'attr') return op.element && formatId(op.element);
  const [first] = op.type === 'delete' ? op.ranges : [];
  return first ? formatId(first) : null;
}

/** Looks up the block in which an element stands. */
function blocksBy({ doc }: BlocksSession): (element: string) => string | null {
  const starts: { readonly id: string; readonly at: number }[] = [];
  doc.query((root) => {
    let at = 0;
    for (const span of root.stream.spans()) {
      if (span.type === 'block') starts.push({ id: span.id, at });
      at += span.type === 'text' ? span.text.length : 1;
    }
  });
  return (element) => {
    const id = asOpId(element);
    const index = id && doc.query((root) => root.stream.indexOf({ id, side: 'before' }));
    return index === null ? null : (starts.findLast(({ at }) => at <= index)?.id ?? null);
  };
}

/** Deleted blocks by what is in them: the top of what was deleted. */
const topsOf = ({ trash }: Page): ReadonlyMap<string, Block> =>
  new Map(trash.flatMap((top) => subtree(top).map(({ id }): [string, Block] => [id, top])));

/** Pages tell of blocks moved or turned by two people, of rings, and of blocks deleted while somebody wrote in them. */
export const blocksConflicts: ConflictViews<BlocksSession> = {
  topics(session) {
    const blockOf = blocksBy(session);
    const tops = topsOf(pageOf(session.doc.view));
    return (deed) => {
      if (isMove(deed)) {
        const { node, parent } = moveOf(deed);
        // Two moves that close a ring meet at either block.
        return parent === ROOT || parent === TRASH ? [`block ${node}`] : [`block ${node}`, `block ${parent}`];
      }
      if (deed.path !== 'stream') return deed.contested === null ? [] : [`${deed.path} ${deed.contested}`];
      const element = elementOf(deed.op as TextOp);
      const block = element === null ? null : blockOf(element);
      if (block === null) return [];
      // What is typed merges; it is only to be told when its block is gone.
      const top = tops.get(block);
      if (top === undefined) return deed.contested === null ? [] : [`block ${block}`];
      return top.id === block ? [`block ${block}`] : [`block ${block}`, `block ${top.id}`];
    };
  },

  tell({ doc }, conflict, inbox) {
    const { mine, theirs, topic } = conflict;
    const page = pageOf(doc.view);
    const edit = (label: string, id: string, run: (root: BlocksMut) => void): void =>
      void doc.change(run, { label: stepOn(label, nameOf(page.byId.get(id))) });
    const place = (parent: string): string => {
      if (parent === TRASH) return inbox.deleted;
      return parent === ROOT ? inbox.topLevel : nameOf(page.byId.get(parent));
    };
    const moveTo = (id: string, parent: string): void =>
      edit(words.moveBlock, id, (root) =>
        parent === TRASH ? removeBlock(root, id) : moveAnyway(root, id, parent),
      );
    if (!topic.startsWith('block ')) {
      if (mine.path !== 'title') return null;
      const values = { mine: writtenBy(mine), theirs: writtenBy(theirs), now: doc.view.title };
      const choice = choiceOf(
        values,
        String,
        (title) => void doc.change((root) => root.title.set(String(title))),
      );
      return choice && { thing: doc.view.title, what: inbox.name, ...choice };
    }
    const id = topic.slice('block '.length);
    const block = page.byId.get(id);
    if (!block) return null;
    const about = { thing: nameOf(block), subject: { type: 'item', id } } as const;
    if (decideTheSame(conflict)) {
      if (isMove(mine)) {
        if (moveOf(mine).node !== id) return null;
        const now = doc.view.tree.parent[id];
        const parents = { mine: moveOf(mine).parent, theirs: moveOf(theirs).parent, now };
        const choice = choiceOf(parents, place, (parent) => moveTo(id, parent));
        return choice && { ...about, what: inbox.place, ...choice };
      }
      const op = mine.op as TextOp;
      if (op.type !== 'attr' || op.key !== 'type') return null;
      const values = { mine: writtenBy(mine), theirs: writtenBy(theirs), now: block.attrs.type ?? null };
      const choice = choiceOf(
        values,
        (type) => words.types[blockType(type)].name,
        (type) => edit(words.turnIntoType(''), id, (root) => turnInto(root, id, blockType(type))),
      );
      return choice && { ...about, what: inbox.kind, ...choice };
    }
    if (isMove(mine) && isMove(theirs)) return ring();
    // Written in a block that the other deleted.
    const deletes = (deed: Deed): boolean => isMove(deed) && moveOf(deed).parent === TRASH;
    if (!(deletes(mine) || deletes(theirs)) || !page.trash.some((top) => top.id === id)) return null;
    const by = (deed: Deed): string => {
      if (deletes(deed)) return inbox.deleted;
      const text = deed.op as TextOp;
      return text.type === 'insert' ? inbox.wrote(text.text.slice(0, 60)) : inbox.edited;
    };
    const told: ConflictTold = {
      ...{ thing: about.thing, what: inbox.deletion, mine: by(mine), theirs: by(theirs), holds: 'both' },
      take: {
        label: inbox.restore,
        run: () => edit(words.restoreBlock, id, (root) => restoreBlock(root, id)),
      },
      once: `deleted ${id}`,
    };
    return told;

    /** Each was put into the other: one of the moves was skipped. */
    function ring(): ConflictTold | null {
      const [own, other] = [moveOf(mine), moveOf(theirs)];
      if (own.node === other.node) return null;
      const parentOf = doc.view.tree.parent;
      const [ownHolds, otherHolds] = [
        parentOf[own.node] === own.parent,
        parentOf[other.node] === other.parent,
      ];
      if (ownHolds === otherHolds) return null;
      const put = ({ node, parent }: TreeOp): string => `${nameOf(page.byId.get(node))} → ${place(parent)}`;
      const lost = ownHolds ? other : own;
      return {
        thing: nameOf(page.byId.get(lost.node)),
        what: inbox.place,
        mine: put(own),
        theirs: put(other),
        holds: ownHolds ? 'mine' : 'theirs',
        take: { run: () => moveTo(lost.node, lost.parent) },
        subject: { type: 'item', id: lost.node },
        once: `ring ${[own.node, other.node].sort().join(' ')}`,
      };
    }
  },

  waiting: ({ doc }) =>
    pageOf(doc.view).strays.map(({ id, text }) => ({
      key: `stray ${id}`,
      title: words.quoted(text.trim().slice(0, 60)),
      why: words.rescuedHint,
      fix: {
        label: words.put,
        run: () => void doc.change((root) => rescueText(root, id), { label: words.rescueText }),
      },
    })),
};
