import { useSyncExternalStore } from 'react';

let isPrinting = false;
const listeners = new Set<() => void>();

function set(next: boolean): void {
  isPrinting = next;
  for (const listener of listeners) listener();
}

window.addEventListener('beforeprint', () => set(true));
window.addEventListener('afterprint', () => set(false));

export function subscribePrinting(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export const isPrintingNow = (): boolean => isPrinting;

/** The head of a long table: stays in sight on the screen; on paper it stands again on every page. */
export function useStickyHead(): false | { offsetHeader: number } {
  return useSyncExternalStore(subscribePrinting, isPrintingNow) ? false : BELOW_THE_HEAD;
}

/** px: the height of the frame's own head. */
const BELOW_THE_HEAD = { offsetHeader: 60 };
