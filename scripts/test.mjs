// `npm test`, and `npm run test:e2e` (--e2e)
import './lib/node-version.mjs';

import('./lib/test.mjs').then(function (test) {
  return test.main(process.argv.slice(2));
});
