import { describe, expect, it } from 'vitest';
import { replicaId } from '../core/ids.ts';
import { lww } from '../schema/builders.ts';
import { object } from '../schema/schema.ts';
import { Doc } from './doc.ts';
import { ReadOnlyError } from './read-only-error.ts';

const schema = object({ title: lww('') });
const replica = (n: number) => new Doc(schema, { replica: replicaId(n.toString(16).padStart(16, '0')) });

function sync(from: Doc<typeof schema>, to: Doc<typeof schema>): void {
  to.apply(from.changesSince(to.version).map((change) => change.bytes));
}

describe('locked', () => {
  it('takes no change, undo or redo of its own, and what others do', () => {
    const [a, b] = [replica(1), replica(2)];
    a.change((root) => root.title.set('mine'));
    a.isLocked = true;
    const before = a.stateHash();
    expect(() => a.change((root) => root.title.set('more'))).toThrow(ReadOnlyError);
    expect(() => a.nameVersion('now')).toThrow(ReadOnlyError);
    expect(() => a.undo()).toThrow(ReadOnlyError);
    expect(a.stateHash()).toBe(before);
    sync(a, b);
    b.change((root) => root.title.set('theirs'));
    sync(b, a);
    expect(a.view.title).toBe('theirs');
    a.isLocked = false;
    expect(a.change((root) => root.title.set('again'))).not.toBeNull();
  });
});
