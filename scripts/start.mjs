// `npm start` and `npm run dev` (--dev).
import './lib/node-version.mjs';

import('./lib/start.mjs').then(function (start) {
  return start.main(process.argv.slice(2));
});
