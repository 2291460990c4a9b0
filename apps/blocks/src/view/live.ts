import { laterPart } from '@concord/shell';
import { createContext, useContext } from 'react';
import type { LiveText } from './live-text.tsx';

type Live = typeof LiveText;

/** The editors of the blocks. A page can be read before they have come. */
export const useLivePart = laterPart(async (): Promise<Live> => (await import('./live-text.tsx')).LiveText);

export const LiveContext = createContext<Live | null>(null);

/** A block's editor; null while its code is on the way. */
export const useLive = (): Live | null => useContext(LiveContext);
