import { useEffect } from 'react';
import { openCard, useStore } from '../store.ts';

const cardInAddress = (): string | null => new URLSearchParams(location.search).get('card');

/** Keeps `?card=` and the open card the same: a card has an address to share, and Back closes it. */
export function useCardAddress(): void {
  useEffect(() => {
    const follow = (): void => openCard(cardInAddress());
    follow();
    window.addEventListener('popstate', follow);
    const stop = useStore.subscribe(({ card }, before) => {
      if (card === before.card || card === cardInAddress()) return;
      const url = new URL(location.href);
      if (card === null) url.searchParams.delete('card');
      else url.searchParams.set('card', card);
      if (card !== null && before.card === null) history.pushState(null, '', url);
      else history.replaceState(null, '', url);
    });
    return () => {
      stop();
      window.removeEventListener('popstate', follow);
    };
  }, []);
}
