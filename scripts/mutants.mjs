// `npm run mutants [-- NAME…]`: breaks the CRDT core in ways that its tests must notice, one at a time, in a copy.
import './lib/node-version.mjs';

import('./lib/mutants.mjs').then(function (mutants) {
  return mutants.main(process.argv.slice(2));
});
