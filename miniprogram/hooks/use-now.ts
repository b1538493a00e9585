import { useEffect, useState } from 'react';
import { serverClock } from '../services/clock';

/** The server's time, ticking; right at once when it is learned, not a tick later. */
export function useNow(everyMs = 1000): Date {
  const [now, setNow] = useState(serverClock.now);
  useEffect(() => {
    const tick = () => setNow(serverClock.now());
    const timer = setInterval(tick, everyMs);
    const stop = serverClock.onLearned(tick);
    return () => {
      clearInterval(timer);
      stop();
    };
  }, [everyMs]);
  return now;
}
