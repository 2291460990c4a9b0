import type { TokenSource } from '@concord/sync';
import { readLocal } from '../local/storage.ts';

declare global {
  interface Window {
    /** How a site that signs people in hands their token to Concord. `fresh`: the last one was refused or ends soon. */
    concordToken?: TokenSource;
  }
}

const NAME = 'concord_token';

/** Who this user is to the relay: from `window.concordToken`, else the cookie `concord_token`, else localStorage. */
export const currentToken: TokenSource = (fresh) => {
  if (window.concordToken) return window.concordToken(fresh);
  const cookie = document.cookie.split('; ').find((each) => each.startsWith(`${NAME}=`));
  if (cookie !== undefined) return decodeURIComponent(cookie.slice(NAME.length + 1)) || null;
  const stored = readLocal(NAME);
  return typeof stored === 'string' && stored !== '' ? stored : null;
};
