// `node scripts/crdt-matrix.mjs`: runs the cases and writes docs/crdt-matrix.md. Takes some minutes.
import './lib/node-version.mjs';

import('./lib/crdt-matrix.mjs').then(function (matrix) {
  return matrix.main();
});
