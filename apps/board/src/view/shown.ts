import { createContext, type RefObject, useContext } from 'react';
import { emptyLayout, type Layout } from '../layout.ts';

const nothing: RefObject<Layout> = { current: emptyLayout };

const ShownContext = createContext<RefObject<Layout>>(nothing);

export const ShownProvider = ShownContext.Provider;

/** What stands on the screen just now, for event handlers; reading it renders nothing again. */
export const useShown = (): RefObject<Layout> => useContext(ShownContext);
