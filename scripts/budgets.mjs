// What each built app makes a browser load before it shows anything, against its budget: `npm test` runs this after the
// build. `node scripts/budgets.mjs --modules [APP…]` builds anew and says which modules it is made of.
import './lib/node-version.mjs';

import('./lib/budgets.mjs').then(function (budgets) {
  return budgets.main(process.argv.slice(2));
});
