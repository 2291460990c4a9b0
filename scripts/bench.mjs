// `npm run bench -- NAME`: runs packages/*/bench/NAME.ts; without a name, lists them.
import './lib/node-version.mjs';

import('./lib/bench.mjs').then(function (bench) {
  return bench.main(process.argv.slice(2));
});
