import type { Attrs, Json, Marks } from '@concord/crdt';
import type { Mark, MarkType, Node, Attrs as NodeAttrs, NodeType, Schema } from '@tiptap/pm/model';

/** How the elements of a rich text look as nodes and marks of one ProseMirror schema, both ways. */
export interface TextCodec {
  readonly schema: Schema;
  /** A block's node type and attributes. Must accept anything that a peer may have written. */
  block(attrs: Attrs): { readonly type: NodeType; readonly attrs: NodeAttrs };
  /** The attributes that make `block` give this node again. */
  blockAttrs(node: Node): Attrs;
  /** The attribute keys that blocks of this type own: all of them are written when a block becomes one. */
  blockKeys(type: NodeType): readonly string[];
  /** An inline leaf. Must accept anything. */
  embed(attrs: Attrs, marks: readonly Mark[]): Node;
  embedAttrs(node: Node): Attrs;
  /** The marks of a character; unknown keys are left out. */
  marks(marks: Marks): readonly Mark[];
  markType(key: string): MarkType | null;
  /** The value that stands for the mark under the key `mark.type.name`. */
  markValue(mark: Mark): Json;
}

/**
 * The codec by convention. A block or embed carries its node type's name as `type`, left out for the schema's
 * default textblock; attributes with their default value are left out too. A mark is keyed by its type's name,
 * with `true` or its attributes as the value. What the schema does not know, or what its `validate` functions
 * refuse, shows as the default: a peer's data never breaks the view.
 */
export function schemaCodec(schema: Schema): TextCodec {
  const defaultBlock = firstTextblock(schema);
  const unknownEmbed = Object.values(schema.nodes).find(
    (type) => type.isInline && type.isLeaf && !type.isText,
  );

  return {
    schema,
    block(attrs) {
      const named = typeof attrs.type === 'string' ? schema.nodes[attrs.type] : undefined;
      const type = named?.isTextblock ? named : defaultBlock;
      return { type, attrs: knownAttrs(type, attrs) };
    },
    blockAttrs(node) {
      const own = ownAttrs(node.type, node.attrs);
      return node.type === defaultBlock ? own : { type: node.type.name, ...own };
    },
    blockKeys: (type) => ['type', ...Object.keys(type.spec.attrs ?? {})],
    embed(attrs, marks) {
      const named = typeof attrs.type === 'string' ? schema.nodes[attrs.type] : undefined;
      const type = named?.isInline && named.isLeaf && !named.isText ? named : unknownEmbed;
      if (type === undefined) throw new RangeError('the schema has no inline leaf to show an embed with');
      return type.create(knownAttrs(type, attrs), null, marks);
    },
    embedAttrs: (node) => ({ type: node.type.name, ...ownAttrs(node.type, node.attrs) }),
    marks(marks) {
      const found: Mark[] = [];
      for (const [key, value] of Object.entries(marks)) {
        const type = schema.marks[key];
        if (type) found.push(type.create(knownAttrs(type, isAttrs(value) ? value : {})));
      }
      return found.length > 1 ? found.reduce<readonly Mark[]>((set, mark) => mark.addToSet(set), []) : found;
    },
    markType: (key) => schema.marks[key] ?? null,
    markValue(mark) {
      const own = ownAttrs(mark.type, mark.attrs);
      return Object.keys(own).length > 0 ? own : true;
    },
  };
}

function firstTextblock(schema: Schema): NodeType {
  const type = schema.topNodeType.contentMatch.defaultType;
  if (!type?.isTextblock) throw new RangeError('the schema must start with a textblock');
  return type;
}

const isAttrs = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The attributes of `type` taken from `attrs`, each the default unless its `validate` accepts it. */
function knownAttrs(type: NodeType | MarkType, attrs: Attrs): NodeAttrs {
  const known: Record<string, unknown> = {};
  for (const [name, spec] of Object.entries(type.spec.attrs ?? {})) {
    const value = Object.hasOwn(attrs, name) ? attrs[name] : undefined;
    known[name] = value !== undefined && isValid(spec.validate, value) ? value : spec.default;
  }
  return known;
}

function isValid(validate: string | ((value: unknown) => void) | undefined, value: Json): boolean {
  if (validate === undefined) return true;
  if (typeof validate === 'string') {
    return validate.split('|').includes(value === null ? 'null' : typeof value);
  }
  try {
    validate(value);
    return true;
  } catch {
    return false;
  }
}

/** The attributes that differ from their defaults. */
function ownAttrs(type: NodeType | MarkType, attrs: NodeAttrs): Attrs {
  const own: Record<string, Json> = {};
  for (const [name, spec] of Object.entries(type.spec.attrs ?? {})) {
    const value: unknown = attrs[name];
    if (value !== spec.default && value !== null && value !== undefined) own[name] = value as Json;
  }
  return own;
}
