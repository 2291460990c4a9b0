import type { NetworkName, SimulatedNetwork } from '@concord/sync';
import { useCallback, useSyncExternalStore } from 'react';

/** The network that is simulated, by name; null if it has none. */
export function useNetwork({ condition }: Pick<SimulatedNetwork, 'condition'>): NetworkName | null {
  const subscribe = useCallback((listener: () => void) => condition.subscribe(listener), [condition]);
  const now = useSyncExternalStore(subscribe, () => condition.get());
  return typeof now === 'string' ? now : null;
}
