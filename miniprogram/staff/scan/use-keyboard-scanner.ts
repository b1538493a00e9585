import { useEffect, useRef } from 'react';
import { useShown } from '../../hooks/use-shown';

/** A scanner types its whole code in a blink; a person does not. */
const PAUSE_MS = 300;
const SHORTEST = 6;

/** In a browser a hardware scanner is a keyboard that ends with Enter: it is heard wherever the focus is. */
export function useKeyboardScanner(onEntered: (text: string) => void): void {
  const shown = useShown();
  const told = useRef(onEntered);
  told.current = onEntered;

  useEffect(() => {
    if (!shown) return undefined;
    let text = '';
    let lastAt = 0;
    const heard = (event: KeyboardEvent) => {
      // A field takes its own keys, and Taro's fields tell of them a second time without saying which.
      if (event.target instanceof HTMLInputElement || event.key === undefined) return;
      if (event.timeStamp - lastAt > PAUSE_MS) text = '';
      lastAt = event.timeStamp;
      if (event.key.length === 1) text += event.key;
      if (event.key !== 'Enter') return;
      if (text.length >= SHORTEST) told.current(text);
      text = '';
    };
    window.addEventListener('keydown', heard);
    return () => window.removeEventListener('keydown', heard);
  }, [shown]);
}
