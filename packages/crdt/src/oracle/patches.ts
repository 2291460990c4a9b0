import type { Json } from '../bytes/index.ts';
import type { DocEvent } from '../doc/events.ts';
import type { SchemaNode } from '../schema/schema.ts';
import { typeAt } from '../testing/decoded-ops.ts';
import { testEnv } from '../testing/env.ts';
import { viewText } from '../testing/replicas.ts';
import type { DagPatch, DagView } from '../types/dag/op.ts';
import type { KeysPatch } from '../types/keys.ts';
import type { LwwPatch } from '../types/lww.ts';
import type { MapPatch } from '../types/map.ts';
import type { PlacementPatch, PlacementView } from '../types/placement/op.ts';
import type { SetPatch } from '../types/set.ts';
import type { Marks, TextPatch, TextSpan, TextView } from '../types/text/op.ts';
import type { TreePatch, TreeView } from '../types/tree/op.ts';
import { joinSpans } from './text.ts';

/** A copy of a container that learns of changes from patches alone, as an editor or a board on the screen does. */
interface Copy<P> {
  take(patch: P): void;
  /** The part of the view that patches can tell, as plain data. */
  shown(): unknown;
}

/** How a copy begins from a view, and what of a view it can show. */
interface Mirror<V, P> {
  copy(view: V): Copy<P>;
  shown(view: V): unknown;
}

function mirror<V, P>(of: Mirror<V, P>): Mirror<unknown, unknown> {
  return of as unknown as Mirror<unknown, unknown>;
}

function expectSame(what: string, is: unknown, was: unknown): void {
  if (viewText(is ?? null) !== viewText(was ?? null)) {
    throw new Error(`${what}: ${viewText(is ?? null)} instead of ${viewText(was ?? null)}`);
  }
}

function expectDifferent(is: unknown, was: unknown): void {
  if (viewText(is) === viewText(was)) throw new Error(`a patch that changes nothing: ${viewText(is)}`);
}

const singly = (spans: readonly TextSpan[]): TextSpan[] =>
  spans.flatMap<TextSpan>((span) =>
    span.type === 'text' ? span.text.split('').map((text) => ({ ...span, text })) : [span],
  );

const withKey = (values: Marks, key: string, value: Json | null): Marks => {
  const { [key]: _, ...rest } = values;
  return value === null ? rest : { ...rest, [key]: value };
};

const text = mirror<TextView, TextPatch>({
  shown: ({ spans, origin }) => ({ spans, origin }),
  copy(view) {
    const cells = singly(view.spans);
    let origin = view.origin;
    const within = (index: number, count: number) => {
      if (index < 0 || count < 0 || index + count > cells.length)
        throw new Error(`patch outside: ${index} + ${count}`);
    };
    return {
      shown: () => ({ spans: joinSpans(cells), origin }),
      take(patch) {
        if (patch.type === 'insert') {
          within(patch.index, 0);
          cells.splice(patch.index, 0, ...singly(patch.spans));
        } else if (patch.type === 'delete') {
          within(patch.index, patch.count);
          cells.splice(patch.index, patch.count);
        } else if (patch.type === 'mark') {
          within(patch.index, patch.count);
          for (let i = patch.index; i < patch.index + patch.count; i++) {
            const cell = cells[i] as TextSpan;
            if (cell.type !== 'block')
              cells[i] = { ...cell, marks: withKey(cell.marks, patch.key, patch.value) };
          }
        } else if (patch.element === null) {
          expectSame('index of the origin', patch.index, -1);
          origin = withKey(origin, patch.key, patch.value);
        } else {
          const cell = cells[patch.index];
          if (cell === undefined || cell.type === 'text') throw new Error('attr of no block');
          expectSame('attr of', cell.id, patch.element);
          cells[patch.index] = { ...cell, attrs: withKey(cell.attrs, patch.key, patch.value) };
        }
      },
    };
  },
});

const occupied = (byParent: Readonly<Record<string, readonly string[]>>) =>
  Object.fromEntries(Object.entries(byParent).filter(([, entities]) => entities.length > 0));

const placement = mirror<PlacementView, PlacementPatch>({
  shown: (view) => occupied(view.byParent),
  copy(view) {
    const lists = new Map(Object.entries(view.byParent).map(([parent, of]) => [parent, [...of]]));
    return {
      shown: () => occupied(Object.fromEntries(lists)),
      take({ entity, from, to }) {
        if (from !== null) {
          const [gone] = lists.get(from.parent)?.splice(from.index, 1) ?? [];
          expectSame(`at ${from.parent} ${from.index}`, gone, entity);
        }
        if (to !== null) {
          const list = lists.get(to.parent) ?? [];
          if (to.index > list.length) throw new Error('placed beyond the end');
          list.splice(to.index, 0, entity);
          lists.set(to.parent, list);
        }
      },
    };
  },
});

const dag = mirror<DagView, DagPatch>({
  shown: (view) => Object.fromEntries(view.edges.map(({ id, status }) => [id, status])),
  copy(view) {
    const statuses = new Map(view.edges.map(({ id, status }) => [id, status]));
    return {
      shown: () => Object.fromEntries(statuses),
      take({ edge, before, after }) {
        expectSame(`status of ${edge} before`, statuses.get(edge), before);
        if (after === null) statuses.delete(edge);
        else statuses.set(edge, after);
      },
    };
  },
});

const tree = mirror<TreeView, TreePatch>({
  shown: (view) => view.parent,
  copy(view) {
    const parents = new Map(Object.entries(view.parent));
    return {
      shown: () => Object.fromEntries(parents),
      take(patch) {
        if (patch.type === 'skipped') return;
        expectSame(`parent of ${patch.node} before`, parents.get(patch.node), patch.from);
        parents.set(patch.node, patch.to);
      },
    };
  },
});

/** For types whose patches are little writes to something like a map. */
function little<V, P>(entries: (view: V) => [string, unknown][], change: (patch: P) => [string, unknown]) {
  return mirror<V, P>({
    shown: (view) => Object.fromEntries(entries(view)),
    copy(view) {
      const values = new Map(entries(view));
      return {
        shown: () => Object.fromEntries(values),
        take(patch) {
          const [key, value] = change(patch);
          if (value === null) values.delete(key);
          else values.set(key, value);
        },
      };
    },
  });
}

const counter = mirror<number, { readonly by: number }>({
  shown: (view) => view,
  copy: (view) => ({
    shown: () => view,
    take({ by }) {
      view += by;
    },
  }),
});

/** For types whose patches bring the whole value. */
const whole = <V>() =>
  mirror<V, { readonly value: V }>({
    shown: (view) => view,
    copy(view) {
      let held = view;
      return {
        shown: () => held,
        take({ value }) {
          expectDifferent(value, held);
          held = value;
        },
      };
    },
  });

const values = little<readonly Json[], SetPatch>(
  (view) => view.map((value) => [JSON.stringify(value), true]),
  ({ type, value }) => [JSON.stringify(value), type === 'added' ? true : null],
);

const MIRRORS: Readonly<Record<string, Mirror<unknown, unknown>>> = {
  'clock-lww': whole<Json>(),
  counter,
  dag,
  'disable-wins-flag': whole<boolean>(),
  'enable-wins-flag': whole<boolean>(),
  'grow-only-counter': counter,
  keys: little<readonly string[], KeysPatch>(
    (view) => view.map((key) => [key, true]),
    ({ type, key }) => [key, type === 'added' ? true : null],
  ),
  lww: little<Json, LwwPatch<Json>>(
    (value) => (value === null ? [] : [['value', value]]),
    ({ value }) => ['value', value],
  ),
  map: little<Readonly<Record<string, Json>>, MapPatch>(Object.entries, ({ key, value }) => [key, value]),
  max: whole<number>(),
  min: whole<number>(),
  'multi-value': mirror<readonly Json[], { readonly values: readonly Json[] }>({
    shown: (view) => view,
    copy(view) {
      let held = view;
      return {
        shown: () => held,
        take(patch) {
          held = patch.values;
        },
      };
    },
  }),
  placement,
  'remove-wins-set': values,
  set: values,
  text,
  tree,
  // These patches only say that something changed.
  words: mirror<string, unknown>({
    shown: () => null,
    copy: () => ({ shown: () => null, take: () => undefined }),
  }),
};

/** Copies of all containers of a document, kept up to date by its events. */
export class Copies {
  readonly #schema: SchemaNode;
  readonly #copies = new Map<string, Copy<unknown>>();

  constructor(schema: SchemaNode, views: ReadonlyMap<string, unknown> = new Map()) {
    this.#schema = schema;
    for (const [path, view] of views) this.#copies.set(path, this.#mirror(path).copy(view));
  }

  take(event: DocEvent): void {
    for (const [path, patches] of event.patches) {
      const copy = this.#at(path);
      for (const patch of patches) copy.take(patch);
    }
  }

  /** Throws unless the copies show what `views` say. */
  expect(views: ReadonlyMap<string, unknown>): void {
    for (const [path, view] of views) {
      expectSame(`patches of ${path}`, this.#at(path).shown(), this.#mirror(path).shown(view));
    }
  }

  #at(path: string): Copy<unknown> {
    let copy = this.#copies.get(path);
    if (copy === undefined) {
      const type = typeAt(this.#schema, path);
      copy = this.#mirror(path).copy(type.view(type.create(testEnv())));
      this.#copies.set(path, copy);
    }
    return copy;
  }

  #mirror(path: string): Mirror<unknown, unknown> {
    return MIRRORS[typeAt(this.#schema, path).kind.split('@')[0] as string] as Mirror<unknown, unknown>;
  }
}
