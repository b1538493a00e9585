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
 * Whether somebody knows a password. Five wrong ones lock the account for a quarter of an hour, whoever types them. Right
 * and wrong ones are both a compare-and-set on the tries so far: of many at once each is judged after the one before, so
 * that a lock also holds for the guesses that were on their way when it fell.
 *
 * @throws AppError WRONG_PASSWORD, ACCOUNT_LOCKED
 */
export async function checkPassword(world: World, { login, password }: Given): Promise<User> {
  for (;;) {
    const user = await Users.findOne({ login: login.toLowerCase(), disabledAt: null }).lean<User>();
    if (!user) {
      decoy ??= hashPassword('no such login');
      await verifyPassword(await decoy, password);
      throw new AppError('WRONG_PASSWORD');
    }
    const now = world.clock.now();
    if (user.lockedUntil && user.lockedUntil > now) throw locked(user.lockedUntil, now);
    const isRight = await verifyPassword(user.passwordHash, password);
    const judged = isRight ? await countRight(world, user) : await countWrong(world, user, now);
    if (judged) return judged;
  }
}

const countRight = (world: World, user: User): Promise<User | null> =>
  changeRecord(
    Users,
    asJudged(user),
    { $set: { failedSignIns: 0, lockedUntil: null } },
    line(world, `user:${user._id}`, 'sign-in'),
  );

async function countWrong(world: World, user: User, now: Date): Promise<null> {
  const left = ATTEMPTS - user.failedSignIns - 1;
  const lockedUntil = left > 0 ? null : new Date(now.getTime() + LOCK_MINUTES * 60_000);
  const counted = await changeRecord(
    Users,
    asJudged(user),
    { $set: { failedSignIns: left > 0 ? user.failedSignIns + 1 : 0, lockedUntil } },
    line(world, `user:${user._id}`, lockedUntil ? 'sign-in.locked' : 'sign-in.failed'),
  );
  if (!counted) return null;
  throw lockedUntil ? locked(lockedUntil, now) : new AppError('WRONG_PASSWORD');
}

/** Not the version: several sign-ins of one person at once are none another's business. */
const asJudged = ({ _id, passwordHash, failedSignIns, lockedUntil }: User) => ({
  _id,
  disabledAt: null,
  passwordHash,
  failedSignIns,
  lockedUntil,
});

const locked = (until: Date, now: Date) =>
  new AppError('ACCOUNT_LOCKED', { minutes: Math.ceil((until.getTime() - now.getTime()) / 60_000) });
