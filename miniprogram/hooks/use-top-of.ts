import { useEffect, useRef } from 'react';
import { platform } from '../services/platform';

/** A page that shows its next question begins at the top again, as a new page would. */
export function useTopOf(question: string): void {
  const shown = useRef(question);
  useEffect(() => {
    if (shown.current === question) return;
    shown.current = question;
    platform.scrollToTop();
  }, [question]);
}
