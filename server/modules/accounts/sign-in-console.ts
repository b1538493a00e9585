import { AppError } from '../../errors';
import type { UserActor } from '../../http/actor';
import { hashPassword, verifyPassword } from '../../platform/crypto/password';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { beginSession, endSession } from './sign-in';
import { type User, Users } from './user-model';

const ATTEMPTS = 5;
const LOCK_MINUTES = 15;

/** Verified when there is no such login, so that the answer takes as long as for a wrong password. */
let decoy: Promise<string> | undefined;

interface Given {
  login: string;
  password: string;
}

/** Password sign-in at the console. @throws AppError WRONG_PASSWORD, ACCOUNT_LOCKED, NOT_SIGNED_IN */
export async function signInConsole(
  world: World,
  given: Given,
): Promise<{ actor: UserActor; version: number; token: string; expiresAt: Date }> {
  const user = await checkPassword(world, given);
  const actor: UserActor = {
    kind: 'user',
    role: user.role,
    userId: user._id,
    login: user.login,
    name: user.name,
    schoolId: user.schoolId,
    colleges: user.colleges,
    mustChangePassword: user.mustChangePassword,
  };
  const session = await beginSession(world, actor);
  await endIfChanged(user, session.token);
  return { actor, version: user.version, ...session };
}

/**
 * Whoever changes a user ends the sessions there are; one that begins in the same instant may come too late for that.
 *
 * @throws AppError NOT_SIGNED_IN
 */
async function endIfChanged(user: User, token: string): Promise<void> {
  const { _id, role, colleges, passwordHash } = user;
  const isSame = await Users.exists({ _id, role, colleges, passwordHash, disabledAt: null });
  if (isSame) return;
  await endSession(token);
  throw new AppError('NOT_SIGNED_IN');
}

/**
 * Whether somebody knows a password. Five wrong ones lock the account for a quarter of an hour, whoever types them.
 *
 * @throws AppError WRONG_PASSWORD, ACCOUNT_LOCKED
 */
export async function checkPassword(world: World, { login, password }: Given): Promise<User> {
  const user = await Users.findOne({ login: login.toLowerCase(), disabledAt: null }).lean<User>();
  if (!user) {
    decoy ??= hashPassword('no such login');
    await verifyPassword(await decoy, password);
    throw new AppError('WRONG_PASSWORD');
  }
  const now = world.clock.now();
  if (user.lockedUntil && user.lockedUntil > now) throw locked(user.lockedUntil, now);
  if (!(await verifyPassword(user.passwordHash, password))) {
    await countFailure(world, user, now);
    throw new AppError('WRONG_PASSWORD');
  }
  const signedIn = await changeRecord(
    Users,
    { _id: user._id, disabledAt: null, passwordHash: user.passwordHash },
    { $set: { failedSignIns: 0, lockedUntil: null } },
    line(world, `user:${user._id}`, 'sign-in'),
  );
  if (!signedIn) throw new AppError('WRONG_PASSWORD');
  return signedIn;
}

async function countFailure(world: World, user: User, now: Date): Promise<void> {
  const after = await changeRecord(
    Users,
    { _id: user._id },
    { $inc: { failedSignIns: 1 } },
    line(world, `user:${user._id}`, 'sign-in.failed'),
  );
  if (!after || after.failedSignIns < ATTEMPTS) return;
  const lockedUntil = new Date(now.getTime() + LOCK_MINUTES * 60_000);
  await changeRecord(
    Users,
    { _id: user._id, version: after.version },
    { $set: { failedSignIns: 0, lockedUntil } },
    line(world, `user:${user._id}`, 'sign-in.locked'),
  );
  throw locked(lockedUntil, now);
}

const locked = (until: Date, now: Date) =>
  new AppError('ACCOUNT_LOCKED', { minutes: Math.ceil((until.getTime() - now.getTime()) / 60_000) });
