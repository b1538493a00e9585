import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { hashPassword } from '../../platform/crypto/password';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { beginSession } from './sign-in';
import { signInConsole } from './sign-in-console';
import { Users } from './user-model';

const SHORTEST = 10;
/** What people type when they are told to think of ten characters. */
const COMMON = /^(.)\1+$|^(0?123456789|1234567890|password\d*|qwertyuiop|admin\d*|abcd?1234\d*)/i;

/**
 * A person's own new password. The current one is checked like a sign-in: wrong ones lock the account. All sessions
 * end; the caller gets a new one.
 *
 * @throws AppError WRONG_PASSWORD, ACCOUNT_LOCKED, PASSWORD_TOO_WEAK, CHANGED_MEANWHILE
 */
export async function changePassword(
  world: World,
  by: UserActor,
  { current, next }: { current: string; next: string },
): Promise<{ actor: UserActor; token: string; expiresAt: Date }> {
  if (isWeak(next, by.login) || next === current) throw new AppError('PASSWORD_TOO_WEAK');
  const end = world.effects.planned('end-sessions', 'end-sessions');
  const { actor, version } = await signInConsole(world, { login: by.login, password: current });
  const changed = await changeRecord(
    Users,
    { _id: by.userId, version },
    { $set: { passwordHash: await hashPassword(next), mustChangePassword: false } },
    line(world, actorName(by), 'user.change-password'),
    [end],
  );
  if (!changed) throw new AppError('CHANGED_MEANWHILE');
  await world.effects.runNow(Users, by.userId, end);
  const fresh = { ...actor, mustChangePassword: false };
  return { actor: fresh, ...(await beginSession(world, fresh)) };
}

const isWeak = (password: string, login: string): boolean =>
  password.length < SHORTEST || COMMON.test(password) || password.toLowerCase().includes(login.toLowerCase());
