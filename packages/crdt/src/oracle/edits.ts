import { jsonEqual } from '../bytes/index.ts';
import type { Random } from '../testing/random.ts';
import { viewText } from '../testing/replicas.ts';
import type { DagMut, LinkType } from '../types/dag/op.ts';
import type { PlacementMut } from '../types/placement/op.ts';
import type { Marks, TextMut } from '../types/text/op.ts';
import { ROOT, TRASH, type TreeMut } from '../types/tree/op.ts';
import { type EveryMut, MARK_KEYS } from './every-type.ts';

/** What the players of one game share: a supply of letters that nobody typed yet, and what became of them. */
export class Intent {
  readonly inserted = new Set<string>();
  readonly deleted = new Set<string>();
  #next = 0x4e00;

  fresh(count: number): string {
    return Array.from({ length: count }, () => String.fromCharCode(this.#next++)).join('');
  }
}

function expectThat(holds: boolean, what: string, ...shown: unknown[]): void {
  if (!holds) throw new Error(`${what}: ${shown.map((value) => viewText(value ?? null)).join(' ')}`);
}

/** One random edit somewhere in the document, and a look at whether it did what it says. */
export function edit(root: EveryMut, random: Random, intent: Intent): void {
  const places = [
    () => editText(root.body, random, intent, true),
    () => editText(root.body, random, intent, true),
    () => editText(root.body, random, intent, true),
    () => editPlacement(root.places, random),
    () => editPlacement(root.places, random),
    () => editTree(root.outline, random),
    () => editTree(root.outline, random),
    () => editDag(root.links, random),
    () => editDag(root.links, random),
    () => editRegisters(root, random),
    () => editCards(root, random, intent),
    () => editCards(root, random, intent),
  ];
  random.pick(places)();
}

/** `tracked`: the letters count for the intent. */
function editText(text: TextMut, random: Random, intent: Intent, tracked = false): void {
  const { length } = text;
  const from = random.int(length + 1);
  const to = Math.min(length, from + 1 + random.int(6));
  const kind = random.int(12);
  if (kind < 5 || length === 0) insertText(text, from, random, intent, tracked);
  else if (kind < 7) {
    const content = contentOf(text);
    if (tracked) for (const letter of content.slice(from, to)) intent.deleted.add(letter);
    text.delete(from, to - from);
    expectThat(contentOf(text).join('') === content.toSpliced(from, to - from).join(''), 'delete');
  } else if (kind < 10) {
    const key = random.pick(MARK_KEYS);
    const value = random.pick([null, null, true, 'x', { href: 'y' }]);
    text.mark(from, to, key, value);
    for (const span of text.spans(from, to)) {
      if (span.type !== 'block')
        expectThat(jsonEqual(span.marks[key] ?? null, value), 'mark', span, key, value);
    }
  } else if (kind === 10) {
    const at = random.chance(0.7)
      ? text.insertBlock(from, { type: random.pick(['p', 'h1']) })
      : text.insertEmbed(from, { src: random.int(3) }, random.chance(0.5) ? {} : undefined);
    expectThat(text.indexOfElement(at) === from && text.idAt(from) === at, 'element', at, from);
  } else {
    const elements = text.spans().flatMap((span) => (span.type === 'text' ? [] : [span.id]));
    const element = random.pick([null, ...elements]);
    const value = random.pick([null, 1, 'x']);
    text.setAttr(element, 'level', value);
    expectThat((text.attrs(element).level ?? null) === value, 'attr', element, value);
  }
}

function insertText(text: TextMut, index: number, random: Random, intent: Intent, tracked: boolean): void {
  const letters = intent.fresh(1 + random.int(5));
  if (tracked) for (const letter of letters) intent.inserted.add(letter);
  // Half a pair may be deleted later, or typed into: ids address UTF-16 units.
  const typed = random.chance(0.15) ? `${letters}\u{1f600}` : letters;
  const marks: Marks | undefined = random.pick([
    undefined,
    undefined,
    {},
    { bold: true },
    { link: 'a', wide: 1 },
  ]);
  const expected = marks ?? text.marksAt(index);
  const before = contentOf(text);
  text.insert(index, typed, marks);
  expectThat(contentOf(text).join('') === before.toSpliced(index, 0, typed).join(''), 'insert', typed, index);
  const spans = text.spans(index, index + typed.length);
  const right = spans.every((span) => span.type === 'text' && viewText(span.marks) === viewText(expected));
  expectThat(right, 'marks of typed text', spans, expected);
}

function contentOf(text: TextMut): string[] {
  return text
    .spans()
    .flatMap((span) =>
      span.type === 'text' ? span.text.split('') : [span.type === 'block' ? '\n' : '\ufffc'],
    );
}

function editPlacement(places: PlacementMut, random: Random): void {
  const entity = `card ${random.int(7)}`;
  if (random.chance(0.15)) {
    places.remove(entity);
    expectThat(places.parentOf(entity) === undefined, 'remove', entity);
    return;
  }
  const parent = random.pick(['todo', 'doing', 'toString']);
  const others = places.of(parent).filter((other) => other !== entity);
  const index = random.int(others.length + 1);
  places.place(entity, parent, index);
  expectThat(
    viewText(places.of(parent)) === viewText(others.toSpliced(index, 0, entity)) &&
      places.parentOf(entity) === parent,
    'place',
    entity,
    index,
    places.of(parent),
  );
}

function editTree(tree: TreeMut, random: Random): void {
  const node = `n${random.int(7)}`;
  const known = tree.parentOf(node) !== undefined;
  if (known && random.chance(0.15)) {
    tree.remove(node);
    expectThat(tree.parentOf(node) === TRASH, 'remove', node);
    return;
  }
  const parents = Array.from({ length: 7 }, (_, i) => `n${i}`).filter(
    (parent) => tree.parentOf(parent) !== undefined && !tree.isUnder(parent, node),
  );
  const parent = random.pick([ROOT, ...parents, ...parents]);
  const others = tree.children(parent).filter((child) => child !== node);
  const index = random.int(others.length + 1);
  tree.move(node, parent, index);
  expectThat(
    viewText(tree.children(parent)) === viewText(others.toSpliced(index, 0, node)),
    'move',
    node,
    parent,
    index,
  );
}

function editDag(dag: DagMut, random: Random): void {
  const node = () => `t${random.int(4)}`;
  const edges = dag.edges();
  const kind = random.int(10);
  if (kind < 5 || edges.length === 0) {
    const [from, to] = random.shuffle(['t0', 't1', 't2', 't3']) as [string, string];
    const link = random.pick<LinkType>(['FS', 'SS', 'FF', 'SF']);
    const cycle = dag.wouldCycle(from, to, link);
    const id = dag.add(from, to, link, random.chance(0.3) ? { lag: 1 } : undefined);
    const status = dag.edges().find((edge) => edge.id === id)?.status;
    expectThat(status === 'dormant' || (status === 'suspended') === cycle, 'wouldCycle', status, cycle);
  } else if (kind < 7) {
    const { id } = random.pick(edges);
    dag.remove(id);
    expectThat(
      dag.edges().every((edge) => edge.id !== id),
      'remove',
      id,
    );
  } else if (kind === 7) {
    const { id } = random.pick(edges);
    dag.setAttr(id, 'lag', random.pick([null, 1, 2]));
  } else if (kind === 8) dag.removeNode(node());
  else dag.restoreNode(node());
}

function editRegisters(root: EveryMut, random: Random): void {
  const kind = random.int(6);
  const key = random.pick(['a', 'b', 'constructor', '__proto__', '1']);
  if (kind === 0) root.title.set(random.pick(['', 'x', 'y', 'z']));
  else if (kind === 1) root.count.increment(random.int(9) - 4);
  else if (kind === 2) root.tags.add(random.pick<string | number>([1, 10, 9, -0.5, 'a', 'b', '10', '']));
  else if (kind === 3) root.tags.remove(random.pick<string | number>([1, 10, 9, -0.5, 'a', 'b', '10', '']));
  else if (kind === 4) root.props.set(key, random.pick([1, 'x', [1], { b: 2 }, null]));
  else root.props.delete(key);
}

function editCards(root: EveryMut, random: Random, intent: Intent): void {
  const { cards } = root;
  const keys = cards.keys();
  const kind = random.int(10);
  if (kind === 0 || keys.length === 0) {
    if (random.chance(0.5)) expectThat(cards.has(cards.create()), 'create');
    else cards.add(random.pick(['c', 'c/d %', 'prototype']));
  } else if (kind === 1) cards.remove(random.pick(keys));
  else {
    const card = cards.at(random.pick(keys));
    if (kind === 2) card.title.set(random.pick([null, 'x', 'y']));
    else if (kind === 3) card.labels.add(random.pick(['red', 'blue']));
    else if (kind === 4) card.labels.remove(random.pick(['red', 'blue']));
    else if (kind < 7) editText(card.note, random, intent);
    else if (kind === 7) card.steps.add(random.pick(['s1', 's2', 's3']));
    else {
      const steps = card.steps.keys();
      if (steps.length === 0) return;
      const step = random.pick(steps);
      if (random.chance(0.3)) card.steps.remove(step);
      else if (random.chance(0.4)) card.steps.at(step).votes.increment(1);
      else if (random.chance(0.5)) card.steps.at(step).done.set(random.chance(0.5));
      else editPlacement(card.steps.at(step).order, random);
    }
  }
}
