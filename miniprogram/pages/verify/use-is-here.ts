import { useCallback, useEffect, useRef } from 'react';

/** Tells a late answer whether what it was asked for is still on the screen. */
export function useIsHere(): () => boolean {
  const here = useRef(true);
  useEffect(() => {
    here.current = true;
    return () => {
      here.current = false;
    };
  }, []);
  return useCallback(() => here.current, []);
}
