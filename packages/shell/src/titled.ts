import type { Leaf, ObjectNode } from '@concord/crdt';

type Register = { get(): string; set(value: string): void };

/** By convention every document has a title at its top: `title: lww('')`. The frame shows and edits it. */
export type TitledSchema = ObjectNode<{ readonly title: Leaf<string, Register> }>;
