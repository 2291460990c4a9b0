import { lww, object, text } from '@concord/crdt';

/**
 * A document is one rich text. A paragraph, heading or list item is a block marker with attributes; the text before
 * the first marker is the first block, so an empty document is one empty paragraph and nothing is ever seeded.
 */
export const docsSchema = object({
  title: lww(''),
  body: text({
    marks: {
      bold: { expand: 'after' },
      italic: { expand: 'after' },
      underline: { expand: 'after' },
      strike: { expand: 'after' },
      code: { expand: 'none' },
      link: { expand: 'none' },
    },
  }),
});
