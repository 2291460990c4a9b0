import { Doc, type EncodedChange, ROOT, replicaId, TRASH } from '@concord/crdt';
import { forSeeds, type Random } from '@concord/crdt/testing';
import { expect, it } from 'vitest';
import * as model from './model.ts';
import { type Block, pageOf } from './page.ts';
import { blocksSchema } from './schema.ts';

/*
 * Decision 11: may all blocks share one stream? A random search over three replicas. Every character that is typed
 * is unlike all others, so that the test knows who deleted which, and can ask where each of the others is.
 */

type Page = Doc<typeof blocksSchema>;

class World {
  readonly docs: Page[];
  readonly sent: EncodedChange[] = [];
  readonly typed = new Set<string>();
  readonly deleted = new Set<string>();
  #next = 0x4e00;

  constructor(replicas: number) {
    this.docs = Array.from({ length: replicas }, (_, i) => {
      const doc = new Doc(blocksSchema, {
        replica: replicaId((i + 1).toString(16).padStart(16, '0')),
        now: () => 0,
      });
      doc.subscribe((event) => {
        if (event.origin !== 'remote') this.sent.push(...event.changes);
      });
      return doc;
    });
  }

  step(random: Random): void {
    const doc = random.pick(this.docs);
    if (random.chance(0.3) && this.sent.length > 0) {
      doc.apply(Array.from({ length: 1 + random.int(6) }, () => random.pick(this.sent).bytes));
      return;
    }
    if (random.chance(0.08)) {
      const before = doc.view.stream.text;
      if (random.chance(0.3)) doc.redo();
      else doc.undo();
      // What its author took back is gone rightly.
      const { text } = doc.view.stream;
      for (const char of before) if (!text.includes(char)) this.deleted.add(char);
      return;
    }
    const page = pageOf(doc.view);
    const shown = [...page.byId.keys()].filter((id) => doc.query((root) => !model.isTrashed(root, id)));
    if (shown.length === 0) {
      doc.change((root) => model.addBlock(root, { parent: ROOT, after: null }));
      return;
    }
    const block = random.pick(shown);
    const other = random.pick(shown);
    doc.change((root) => this.#edit(root, random, block, other, page.trash));
  }

  #edit(
    root: Parameters<typeof model.addBlock>[0],
    random: Random,
    block: string,
    other: string,
    trash: readonly Block[],
  ): void {
    const range = model.contentRange(root, block) as { start: number; end: number };
    const length = range.end - range.start;
    switch (random.int(13)) {
      case 0:
      case 1:
      case 2: {
        const char = String.fromCharCode(this.#next++);
        this.typed.add(char);
        root.stream.insert(range.start + random.int(length + 1), char);
        break;
      }
      case 3:
        model.splitBlock(root, block, random.int(length + 1), 'text');
        break;
      case 4:
        if (block !== other && !root.tree.isUnder(other, block)) this.#merge(root, other, block);
        break;
      case 5:
        if (!root.tree.isUnder(other, block)) model.moveBlock(root, block, { parent: other, after: null });
        break;
      case 6:
        model.indentBlock(root, block);
        break;
      case 7:
        model.outdentBlock(root, block);
        break;
      case 8:
        model.removeBlock(root, block);
        break;
      case 9:
        if (trash.length > 0) model.restoreBlock(root, random.pick(trash).id);
        else model.nudgeBlock(root, block, random.chance(0.5) ? 'up' : 'down');
        break;
      case 10: {
        // A paste of two lines, the second inside the first.
        const chars = [0, 1].map(() => String.fromCharCode(this.#next++));
        for (const char of chars) this.typed.add(char);
        const blocks = chars.map((text, depth) => ({
          type: 'text' as const,
          depth,
          content: [{ text, marks: {} }],
        }));
        model.insertBlocks(root, block, random.int(length + 1), blocks);
        break;
      }
      case 11:
        if (block !== other) model.moveAnyway(root, block, other);
        break;
      default:
        if (length > 0) {
          const at = range.start + random.int(length);
          for (const span of root.stream.spans(at, at + 1))
            if (span.type === 'text') this.deleted.add(span.text);
          root.stream.delete(at, 1);
        }
    }
  }

  /** A merge of strangers copies: the copy counts as the character, wherever the original is. */
  #merge(root: Parameters<typeof model.addBlock>[0], target: string, block: string): void {
    model.mergeBlocks(root, target, block);
  }

  settle(random: Random): void {
    for (const doc of this.docs) doc.apply(random.shuffle(this.sent).map((change) => change.bytes));
  }
}

function flatten(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block) => [block, ...flatten(block.children)]);
}

it('no text is lost, nothing is shown twice, and all see one page', () => {
  forSeeds(200, (random) => {
    const world = new World(3);
    for (let i = 0; i < 50; i++) world.step(random);
    world.settle(random);
    const [first] = world.docs as [Page];
    const page = pageOf(first.view);
    for (const doc of world.docs) {
      expect(doc.stateHash()).toBe(first.stateHash());
      expect(pageOf(doc.view)).toEqual(page);
    }
    const blocks = flatten(page.blocks);
    const trashed = flatten(page.trash);
    const ids = [...blocks, ...trashed].map((block) => block.id);
    expect(new Set(ids).size).toBe(ids.length);
    const everywhere = [...blocks, ...trashed, ...page.strays].map((holder) => holder.text).join('');
    for (const char of world.typed) {
      if (!world.deleted.has(char)) expect(everywhere, `lost ${char}`).toContain(char);
    }
    // Nothing that is live in the stream is out of sight.
    const live = first.view.stream.text.replaceAll('\n', '');
    expect([...everywhere].sort().join('')).toBe([...live].sort().join(''));
    for (const id of ids)
      expect(first.query((root) => root.tree.isUnder(root.tree.parentOf(id) ?? ROOT, id))).toBe(false);
  });
});

it('undoing everything that one user did leaves what the others did', () => {
  forSeeds(150, (random) => {
    const world = new World(2);
    for (let i = 0; i < 25; i++) world.step(random);
    world.settle(random);
    const [first, second] = world.docs as [Page, Page];
    while (first.undo() !== null);
    while (second.undo() !== null);
    world.settle(random);
    expect(first.stateHash()).toBe(second.stateHash());
    const before = new Set(flatten(pageOf(first.view).blocks).map((block) => block.id));
    expect(before.has(TRASH)).toBe(false);
    while (first.redo() !== null);
    while (second.redo() !== null);
    world.settle(random);
    expect(pageOf(first.view)).toEqual(pageOf(second.view));
  });
});
