import { platform } from '../../services/platform';
import { isKept, type Kept } from './kept';

/** A kept scan that the service would not take, with the reason it gave. */
export interface SetAside {
  kept: Kept;
  code: string;
  message: string;
}

const KEY = 'staff.aside';

/** They stay on the phone until somebody has looked at them: a student stands behind each. */
export const setAside = {
  all(): readonly SetAside[] {
    const stored = platform.storage.read(KEY);
    return Array.isArray(stored) ? stored.filter(isSetAside) : [];
  },

  /** Once, however often it is refused. */
  add(entry: SetAside): void {
    const others = setAside.all().filter(({ kept }) => kept.scan.nonce !== entry.kept.scan.nonce);
    platform.storage.write(KEY, [...others, entry]);
  },

  clear(): void {
    platform.storage.remove(KEY);
  },
};

const isSetAside = (value: unknown): value is SetAside =>
  typeof value === 'object' && value !== null && 'kept' in value && isKept(value.kept) && 'message' in value;
