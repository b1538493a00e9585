import { platform } from './platform';

type Decide = (agrees: boolean) => void;

let asked: Decide | null = null;
let isListening = false;
const listeners = new Set<() => void>();

function change(next: Decide | null): void {
  asked = next;
  for (const listener of listeners) listener();
}

/** WeChat's question of privacy, for whichever page is shown when it comes. */
export const privacyQuestion = {
  current: (): Decide | null => asked,
  onChange(listener: () => void): () => void {
    if (!isListening) platform.onPrivacyAsked(change);
    isListening = true;
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  answer(agrees: boolean): void {
    asked?.(agrees);
    change(null);
  },
};
