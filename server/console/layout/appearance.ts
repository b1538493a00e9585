import { useSyncExternalStore } from 'react';
import { isPrintingNow, subscribePrinting } from '../parts/printing';

export const APPEARANCES = ['system', 'light', 'dark'] as const;
export type Appearance = (typeof APPEARANCES)[number];

const KEY = 'appearance';
const systemDark = window.matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

/** Of this computer, kept for the next time. */
let chosen = APPEARANCES.find((one) => one === localStorage.getItem(KEY)) ?? 'system';
/** Paper is white. */
const isDark = (): boolean =>
  !isPrintingNow() && (chosen === 'system' ? systemDark.matches : chosen === 'dark');

function tell(): void {
  document.documentElement.dataset.look = isDark() ? 'dark' : 'light';
  for (const listener of listeners) listener();
}

systemDark.addEventListener('change', tell);
subscribePrinting(tell);
tell();

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

export function chooseAppearance(appearance: Appearance): void {
  chosen = appearance;
  localStorage.setItem(KEY, appearance);
  tell();
}

export const useAppearance = (): Appearance => useSyncExternalStore(subscribe, () => chosen);
export const useIsDark = (): boolean => useSyncExternalStore(subscribe, isDark);
