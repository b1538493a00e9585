import { platform } from '../platform';

/** Students sign in silently with WeChat; a staff phone is enrolled once by a code. */
export type Caller = 'student' | 'staff' | 'anyone';

const STAFF = 'session.staff';
const STUDENT = 'session.student';

export const storedToken = (caller: 'student' | 'staff'): string | undefined => {
  const token = platform.storage.read(caller === 'staff' ? STAFF : STUDENT);
  return typeof token === 'string' ? token : undefined;
};

export function keepToken(caller: 'student' | 'staff', token: string): void {
  platform.storage.write(caller === 'staff' ? STAFF : STUDENT, token);
}

export function forgetToken(caller: 'student' | 'staff'): void {
  platform.storage.remove(caller === 'staff' ? STAFF : STUDENT);
}

/** Whose token an endpoint takes follows from its path. */
export function callerOf(path: string): Caller {
  if (path.startsWith('/api/onsite/') || path === '/api/staff/me') return 'staff';
  return path.startsWith('/api/me/') ? 'student' : 'anyone';
}
