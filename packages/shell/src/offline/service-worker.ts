import { createHandlerBoundToURL, precacheAndRoute } from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

/*
 * Keeps the whole app on the device: every built file, and the page for every address below the app's. Documents are
 * not its business: the session keeps those. A new version waits until the page says that it may take over.
 */

/** As much of a worker's global scope as is used; the page's own types know none. */
declare const self: {
  skipWaiting(): Promise<void>;
  addEventListener(type: 'message', listener: (event: MessageEvent) => void): void;
};
/** Both written in by the build. */
declare const __PRECACHE__: { url: string; revision: string | null }[];
declare const __BASE__: string;

/** What the home page's worker leaves to others: the apps have their own workers, the rest is the relay's. */
const NOT_HOME = /^\/(docs|board|blocks|gantt|rooms|sse|ws|healthz|readyz|metrics)(\/|$)/;

// Without Workbox's `cleanupOutdatedCaches`: it takes every cache below a worker's scope for its own, and the home page's
// scope is all of the site: it would throw away what the apps keep.
precacheAndRoute(__PRECACHE__);
registerRoute(
  new NavigationRoute(createHandlerBoundToURL(`${__BASE__}index.html`), {
    denylist: __BASE__ === '/' ? [NOT_HOME] : [],
  }),
);

self.addEventListener('message', (event) => {
  if ((event.data as { type?: unknown } | null)?.type === 'SKIP_WAITING') void self.skipWaiting();
});
