// `npm run check`
import './lib/node-version.mjs';

import('./lib/check.mjs').then(function (check) {
  return check.main();
});
