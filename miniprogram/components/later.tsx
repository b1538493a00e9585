import { type ReactNode, useEffect, useState } from 'react';

/** Long enough for a slow phone to have painted what is above; too short to be noticed by who scrolls at once. */
const AFTER_MS = 150;

/** What lies below the edge of the screen: drawn once what is above it can be seen and tapped. */
export function Later({ children }: { children: ReactNode }) {
  const [isTime, setTime] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setTime(true), AFTER_MS);
    return () => clearTimeout(timer);
  }, []);
  return isTime ? children : null;
}
