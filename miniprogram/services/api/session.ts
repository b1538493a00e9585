import { platform } from '../platform';
import { TOKEN_KEYS } from './token-keys';

/** Students sign in silently with WeChat; a staff phone is enrolled once by a code. */
export type Caller = 'student' | 'staff' | 'anyone';

export const storedToken = (caller: 'student' | 'staff'): string | undefined => {
  const token = platform.storage.read(TOKEN_KEYS[caller]);
  return typeof token === 'string' ? token : undefined;
};

export function keepToken(caller: 'student' | 'staff', token: string): void {
  platform.storage.write(TOKEN_KEYS[caller], token);
}

export function forgetToken(caller: 'student' | 'staff'): void {
  platform.storage.remove(TOKEN_KEYS[caller]);
}

/** Whose token an endpoint takes follows from its path. */
export function callerOf(path: string): Caller {
  if (path.startsWith('/api/onsite/') || path === '/api/staff/me') return 'staff';
  return path.startsWith('/api/me/') ? 'student' : 'anyone';
}
