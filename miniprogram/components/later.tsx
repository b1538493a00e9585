import { type ReactNode, useEffect, useState } from 'react';

/** What lies below the edge of the screen: drawn right after what is above it, which a slow phone so shows sooner. */
export function Later({ children }: { children: ReactNode }) {
  const [isTime, setTime] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setTime(true));
    return () => clearTimeout(timer);
  }, []);
  return isTime ? children : null;
}
