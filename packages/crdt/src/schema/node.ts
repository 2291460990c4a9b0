import type { Above, AnyCrdtType, Container, Host } from './container.ts';

declare const viewOf: unique symbol;
declare const mutOf: unique symbol;

/** Makes the live node at `path`, with those below it: a document has the code of the nodes that its schema names. */
type Create = (path: string, host: Host, above: Above) => Container;

/** A schema node with one container of ops. `V` and `M` are the types of its View and Mut. */
export interface Leaf<V, M> {
  readonly node: 'leaf';
  readonly create: Create;
  readonly type: AnyCrdtType;
  readonly [viewOf]?: V;
  readonly [mutOf]?: M;
}

/** Named fields that exist from the start, on every replica alike. */
export interface ObjectNode<F extends Fields> {
  readonly node: 'object';
  readonly create: Create;
  readonly fields: F;
}

/** Any number of children of one shape, by key. */
export interface RecordNode<C extends SchemaNode> {
  readonly node: 'record';
  readonly create: Create;
  readonly child: C;
}

/** One child that is there or not. */
export interface OptionalNode<C extends SchemaNode> {
  readonly node: 'optional';
  readonly create: Create;
  readonly child: C;
}

/** A fixed number of children by their place. */
export interface TupleNode<I extends readonly SchemaNode[]> {
  readonly node: 'tuple';
  readonly create: Create;
  readonly items: I;
}

export type SchemaNode =
  | Leaf<unknown, unknown>
  | ObjectNode<Fields>
  | RecordNode<SchemaNode>
  | OptionalNode<SchemaNode>
  | TupleNode<readonly SchemaNode[]>;
export interface Fields {
  readonly [name: string]: SchemaNode;
}

/** The immutable plain data that a document of this schema shows. Of an unknown schema nothing is known. */
export type View<N> = SchemaNode extends N
  ? unknown
  : N extends Leaf<infer V, unknown>
    ? V
    : N extends ObjectNode<infer F>
      ? { readonly [K in keyof F]: View<F[K]> }
      : N extends RecordNode<infer C>
        ? { readonly [key: string]: View<C> }
        : N extends OptionalNode<infer C>
          ? View<C> | null
          : N extends TupleNode<infer I>
            ? { readonly [K in keyof I]: View<I[K]> }
            : never;

/** The legal operations on a document of this schema. Of an unknown schema none is known. */
export type Mut<N> = SchemaNode extends N
  ? unknown
  : N extends Leaf<unknown, infer M>
    ? M
    : N extends ObjectNode<infer F>
      ? { readonly [K in keyof F]: Mut<F[K]> }
      : N extends RecordNode<infer C>
        ? RecordMut<Mut<C>>
        : N extends OptionalNode<infer C>
          ? OptionalMut<Mut<C>>
          : N extends TupleNode<infer I>
            ? { readonly [K in keyof I]: Mut<I[K]> }
            : never;

/** The operations on a record. Edits below a removed key are kept, and show again when the key returns. */
export interface RecordMut<M> {
  /** Adds a fresh key and returns it. */
  create(): string;
  /** Makes sure that `key` is there. Two replicas that add one key mean the same child. */
  add(key: string): void;
  remove(key: string): void;
  has(key: string): boolean;
  keys(): readonly string[];
  at(key: string): M;
}

/**
 * The operations on an optional. Adding beats a concurrent remove. Edits below what was removed are kept, and show again
 * when it returns.
 */
export interface OptionalMut<M> {
  /** Makes sure that it is there, and gives its operations. Two replicas that add mean the same child. */
  add(): M;
  /** Nothing is written if it is not there. */
  remove(): void;
  has(): boolean;
  at(): M;
}
