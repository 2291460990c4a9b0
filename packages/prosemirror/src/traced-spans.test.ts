import { compare, Doc, object, text } from '@concord/crdt';
import { expect, test } from 'vitest';
import { tracedSpans } from './traced-spans.ts';

const schema = object({ body: text() });

test('what came, went and was formatted, piece by piece, with the writer of what came', () => {
  const [ana, bo] = [new Doc(schema), new Doc(schema)];
  ana.change(({ body }) => {
    body.insert(0, 'One two three');
    body.insertBlock(13, { type: 'heading' });
  });
  const since = ana.version;
  const before = ana.view.body;
  bo.apply(ana.changesSince(bo.version).map(({ bytes }) => bytes));
  bo.change(({ body }) => body.insert(3, ' and'));
  ana.apply(bo.changesSince(since).map(({ bytes }) => bytes));
  ana.change(({ body }) => {
    body.delete(8, 4);
    body.mark(8, 13, 'bold', true);
    const block = body.spans().at(-1);
    if (block?.type === 'block') body.setAttr(block.id, 'type', 'quote');
  });
  const steps = compare(ana, 'body', since, ana.version);
  const read = tracedSpans(before, ana.view.body, steps).map(({ span, trace, replica }) => [
    span.type === 'text' ? span.text : span.type,
    trace,
    replica,
  ]);
  expect(read).toEqual([
    ['One', 'kept', null],
    [' and', 'added', bo.replica],
    [' ', 'kept', null],
    ['two ', 'removed', null],
    ['three', 'changed', null],
    ['block', 'changed', null],
  ]);
  expect(() => tracedSpans(before, new Doc(schema).view.body, steps)).toThrow(RangeError);
});
