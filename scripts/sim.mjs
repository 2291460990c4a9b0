// `npm run sim -- --seeds N --from S`, `npm run sim -- --seed S`: client and relay on simulated time, network and disks.
import './lib/node-version.mjs';

import('./lib/sim.mjs').then(function (sim) {
  return sim.main(process.argv.slice(2));
});
