import { type ReactNode, useEffect, useState } from 'react';

/** Long enough for a slow phone to have painted what is above and to take a tap; gone before anybody has scrolled. */
const AFTER_MS = 350;

/** What lies below the edge of the screen: drawn once what is above it can be seen and tapped. */
export function Later({ children }: { children: ReactNode }) {
  const [isTime, setTime] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setTime(true), AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return isTime ? children : null;
}
