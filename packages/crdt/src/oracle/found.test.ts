import { expect, test } from 'vitest';
import { Doc } from '../doc/doc.ts';
import { text } from '../schema/builders.ts';
import { object } from '../schema/schema.ts';
import { testReplicaId } from '../testing/replicas.ts';

// What random play found, at its smallest.

const schema = object({ body: text() });

test('redoing a mark leaves what somebody else marked later', () => {
  const ann = new Doc(schema, { replica: testReplicaId(0) });
  const bob = new Doc(schema, { replica: testReplicaId(1) });
  ann.change((root) => root.body.insert(0, 'abcdef'));
  ann.closeUndoStep();
  ann.change((root) => root.body.mark(0, 6, 'colour', 'red'));
  bob.apply(ann.changesSince(bob.version).map(({ bytes }) => bytes));
  bob.change((root) => root.body.mark(2, 4, 'colour', 'blue'));
  ann.apply(bob.changesSince(ann.version).map(({ bytes }) => bytes));
  const shown = ann.view.body.spans;
  expect(shown.map((span) => span.type === 'text' && span.marks.colour)).toEqual(['red', 'blue', 'red']);
  ann.undo();
  expect(ann.view.body.spans.map((span) => span.type === 'text' && span.marks)).toEqual([
    {},
    { colour: 'blue' },
    {},
  ]);
  ann.redo();
  expect(ann.view.body.spans).toEqual(shown);
  ann.undo();
  ann.redo();
  expect(ann.view.body.spans).toEqual(shown);
});
