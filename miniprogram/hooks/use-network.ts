import { useEffect, useState } from 'react';
import { platform } from '../services/platform';

/** Whether the phone says it has a network; believed until it says otherwise. */
export function useNetwork(): boolean {
  const [isConnected, setConnected] = useState(true);
  useEffect(() => {
    let isHeard = false;
    const stop = platform.onNetworkChange((now) => {
      isHeard = true;
      setConnected(now);
    });
    void platform.isOnline().then((now) => {
      if (!isHeard) setConnected(now);
    });
    return stop;
  }, []);
  return isConnected;
}
