import { useEffect, useSyncExternalStore } from 'react';
import { type LinkState, link } from './link';

/** Every staff page uses it: while one is open, the phone keeps itself ready for the network to go. */
export function useLink(): LinkState {
  useEffect(() => link.use(), []);
  return useSyncExternalStore(link.onChange, link.state, link.state);
}
