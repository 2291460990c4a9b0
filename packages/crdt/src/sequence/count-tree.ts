import { keepLayout } from '../core/layout.ts';

/*
 * A B+tree that knows nothing of what its leaves hold but a size: it finds the leaf in which an index lies, and the
 * index at which a leaf starts, in O(log leaves). Leaves stay in the order in which they were put in; empty ones may
 * be taken out. Under-full branches are left as they are: a text that shrinks is soon saved and loaded again.
 */

/** A leaf or a branch. What is put into a tree extends this. */
export class CountNode {
  parent: Branch | null = null;
  size = 0;
}

class Branch extends CountNode {
  readonly children: CountNode[] = [];
}

keepLayout(new Branch());

const FAN_OUT = 32;

export class CountTree<L extends CountNode> {
  #root: CountNode;
  /** After `find`: the index within the leaf found. */
  rest = 0;

  constructor(first: L) {
    this.#root = first;
  }

  /** Grows (or, negative, shrinks) a leaf. */
  add(leaf: L, by: number): void {
    for (let node: CountNode | null = leaf; node !== null; node = node.parent) node.size += by;
  }

  /** The leaf that holds `index`, which must be in [0, size); `rest` says where in it. */
  find(index: number): L {
    let rest = index;
    let node = this.#root;
    while (node instanceof Branch) {
      const { children } = node;
      const last = children.length - 1;
      let i = 0;
      let child = children[0] as CountNode;
      while (i < last && rest >= child.size) {
        rest -= child.size;
        child = children[++i] as CountNode;
      }
      node = child;
    }
    this.rest = rest;
    return node as L;
  }

  /** The sum of the sizes of all leaves before `leaf`. */
  startOf(leaf: L): number {
    let start = 0;
    let child: CountNode = leaf;
    for (let branch = leaf.parent; branch !== null; branch = branch.parent) {
      for (const sibling of branch.children) {
        if (sibling === child) break;
        start += sibling.size;
      }
      child = branch;
    }
    return start;
  }

  /** Puts a new leaf, its size already set, right after `left`. */
  insertAfter(left: L, leaf: L): void {
    let at: CountNode = left;
    let added: CountNode = leaf;
    for (let branch = left.parent; branch !== null; branch = branch.parent) {
      branch.children.splice(branch.children.indexOf(at) + 1, 0, added);
      added.parent = branch;
      if (branch.children.length <= FAN_OUT) {
        for (let up: Branch | null = branch; up !== null; up = up.parent) up.size += leaf.size;
        return;
      }
      branch.size += leaf.size;
      at = branch;
      added = splitBranch(branch);
    }
    const root = new Branch();
    root.children.push(at, added);
    root.size = at.size + added.size;
    at.parent = root;
    added.parent = root;
    this.#root = root;
  }

  /** Takes an empty leaf out. The only leaf stays. */
  remove(leaf: L): void {
    let child: CountNode = leaf;
    for (let branch = leaf.parent; branch !== null; branch = branch.parent) {
      if (branch.children.length > 1) {
        branch.children.splice(branch.children.indexOf(child), 1);
        return;
      }
      child = branch;
    }
  }

  /** Negative if leaf `a` stands before leaf `b`. */
  compare(a: L, b: L): number {
    if (a === b) return 0;
    let [left, right]: [CountNode, CountNode] = [a, b];
    // All leaves are equally deep, so both climbs meet.
    while (left.parent !== right.parent) {
      left = left.parent as CountNode;
      right = right.parent as CountNode;
    }
    const siblings = (left.parent as Branch).children;
    return siblings.indexOf(left) - siblings.indexOf(right);
  }
}

/** Moves the right half of a branch to a new one. A branch filled from its end keeps most, so that it stays full. */
function splitBranch(branch: Branch): Branch {
  const right = new Branch();
  for (const child of branch.children.splice(FAN_OUT / 2)) {
    child.parent = right;
    right.size += child.size;
    right.children.push(child);
  }
  branch.size -= right.size;
  return right;
}
