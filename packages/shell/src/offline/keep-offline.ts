import { toast } from '@concord/ui';
import { words } from '../words.ts';

/** Long enough for the page to show itself first, in milliseconds. */
const SETTLED = 2_000;

/**
 * Keeps the app of this page on the device, so that it opens without any network, and offers a new version when one
 * has come. `also` are paths of other apps to keep too. Does nothing where service workers are not allowed.
 */
export function keepOffline(also: readonly string[] = []): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return;
  const start = async (): Promise<void> => {
    const { Workbox } = await import('workbox-window');
    const base = import.meta.env.BASE_URL;
    const own = new Workbox(`${base}sw.js`, { scope: base });
    own.addEventListener('waiting', () => {
      toast({
        key: 'update',
        title: words.updateReady,
        duration: 60_000,
        action: {
          label: words.updateNow,
          onSelect: () => {
            own.addEventListener('controlling', () => location.reload());
            own.messageSkipWaiting();
          },
        },
      });
    });
    await own.register();
    for (const path of also) await navigator.serviceWorker.register(`${path}sw.js`, { scope: path });
  };
  // Not being kept offline is no error of the page: private windows and forbidden storage end here.
  const quietly = (): void => void start().catch(() => undefined);
  const later = (): void => void setTimeout(quietly, SETTLED);
  if (document.readyState === 'complete') later();
  else window.addEventListener('load', later, { once: true });
}
