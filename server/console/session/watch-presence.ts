import { noteSign } from '../api/presence';

const SIGNS = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** From now on it is noted when somebody moves the mouse or types. */
export function watchPresence(): void {
  for (const sign of SIGNS) window.addEventListener(sign, noteSign, { capture: true, passive: true });
}
