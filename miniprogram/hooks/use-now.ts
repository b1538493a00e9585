import { useEffect, useState } from 'react';
import { serverClock } from '../services/clock';

/** The server's time, ticking. */
export function useNow(everyMs = 1000): Date {
  const [now, setNow] = useState(serverClock.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(serverClock.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return now;
}
