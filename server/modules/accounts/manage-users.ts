import type { GIVEN_ROLES } from '../../../shared/contract/accounts';
import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { hashPassword } from '../../platform/crypto/password';
import { randomText } from '../../platform/ids';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord, type Effect } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { createUser } from './create-user';
import { hasAnotherOffice, isActiveOffice } from './keep-an-office';
import { type User, Users } from './user-model';

/** Without letters and digits that look alike; 12 of 54 are 69 bits. */
const PASSWORD_ALPHABET = '23456789abcdefghjkmnpqrstuvwxyzABCDEFGHJKMNPQRSTUVWXYZ';
const PASSWORD_LENGTH = 12;

export interface UserFacts {
  name: string;
  role: (typeof GIVEN_ROLES)[number];
  colleges: string[];
}

export const usersOf = (schoolId: string): Promise<User[]> =>
  Users.find({ schoolId }).sort({ role: 1, login: 1 }).lean<User[]>();

/** @returns the password, which is nowhere else. @throws AppError LOGIN_TAKEN, BAD_REQUEST */
export async function addUser(
  world: World,
  by: UserActor,
  { login, ...facts }: UserFacts & { login: string },
): Promise<{ user: User; password: string }> {
  refuseWrongColleges(facts);
  const password = randomText(PASSWORD_LENGTH, PASSWORD_ALPHABET);
  try {
    const user = await createUser(world, actorName(by), {
      schoolId: by.schoolId,
      login,
      password,
      mustChangePassword: true,
      ...facts,
    });
    return { user, password };
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    throw new AppError('LOGIN_TAKEN', { login }, { cause: error });
  }
}

interface Seen {
  id: string;
  /** The version the office saw. */
  version: number;
}

/** @throws AppError NOT_FOUND, CHANGED_MEANWHILE, LAST_OFFICE_USER, NOT_YOURSELF, BAD_REQUEST */
export async function changeUser(
  world: World,
  by: UserActor,
  { id, version, ...facts }: Seen & UserFacts,
): Promise<User> {
  refuseWrongColleges(facts);
  const user = await findUser(by, id);
  const { role, colleges } = facts;
  const make = (effects: Effect[] = []) =>
    change(world, by, { id, version }, { $set: facts }, 'user.change', { role, colleges }, effects);
  if (user.role !== role) refuseYourself(by, id);
  return user.role === role ? make() : endOffice(world, user, make);
}

/** @throws AppError NOT_FOUND, CHANGED_MEANWHILE, LAST_OFFICE_USER, NOT_YOURSELF */
export async function disableUser(world: World, by: UserActor, seen: Seen): Promise<User> {
  refuseYourself(by, seen.id);
  const user = await findUser(by, seen.id);
  const disabledAt = world.clock.now();
  return endOffice(world, user, (effects) =>
    change(world, by, seen, { $set: { disabledAt } }, 'user.disable', {}, effects),
  );
}

/** @throws AppError NOT_FOUND, CHANGED_MEANWHILE */
export const enableUser = (world: World, by: UserActor, seen: Seen): Promise<User> =>
  change(world, by, seen, { $set: { disabledAt: null } }, 'user.enable');

/** @returns the password, which is nowhere else. @throws AppError NOT_FOUND, CHANGED_MEANWHILE, NOT_YOURSELF */
export async function resetPassword(
  world: World,
  by: UserActor,
  seen: Seen,
): Promise<{ user: User; password: string }> {
  refuseYourself(by, seen.id);
  const password = randomText(PASSWORD_LENGTH, PASSWORD_ALPHABET);
  const fresh = {
    passwordHash: await hashPassword(password),
    mustChangePassword: true,
    failedSignIns: 0,
    lockedUntil: null,
  };
  return { user: await change(world, by, seen, { $set: fresh }, 'user.reset-password'), password };
}

/** A session carries what its user was when it began: all of them end, after a crash by the sweep. */
async function change(
  world: World,
  by: UserActor,
  { id, version }: Seen,
  update: { $set: Partial<User> },
  verb: string,
  facts: { [name: string]: unknown } = {},
  effects: Effect[] = [],
): Promise<User> {
  const end = world.effects.planned('end-sessions', 'end-sessions');
  const changed = await changeRecord(
    Users,
    { _id: id, schoolId: by.schoolId, version },
    update,
    line(world, actorName(by), verb, facts),
    [...effects, end],
  );
  if (changed) {
    await world.effects.runNow(Users, id, end);
    return changed;
  }
  await findUser(by, id);
  throw new AppError('CHANGED_MEANWHILE');
}

async function findUser(by: UserActor, id: string): Promise<User> {
  const user = await Users.findOne({ _id: id, schoolId: by.schoolId }).lean<User>();
  if (!user) throw new AppError('NOT_FOUND');
  return user;
}

/** Makes a change after which somebody is no longer the office's; when nobody else is either, it is taken back. */
async function endOffice(
  world: World,
  user: User,
  make: (effects: Effect[]) => Promise<User>,
): Promise<User> {
  if (!isActiveOffice(user)) return make([]);
  if (!(await hasAnotherOffice(user))) throw new AppError('LAST_OFFICE_USER');
  const keep = world.effects.planned('keep-an-office', 'keep-an-office');
  const changed = await make([keep]);
  await world.effects.runNow(Users, user._id, keep);
  const after = await Users.findById(user._id).lean<User>();
  if (after && isActiveOffice(after)) throw new AppError('LAST_OFFICE_USER');
  return changed;
}

function refuseYourself(by: UserActor, id: string): void {
  if (by.userId === id) throw new AppError('NOT_YOURSELF');
}

function refuseWrongColleges({ role, colleges }: UserFacts): void {
  if (role === 'college' && colleges.length === 0) {
    throw new AppError('BAD_REQUEST', { fields: { colleges: 'too_small' } });
  }
  if (role !== 'college' && colleges.length > 0) {
    throw new AppError('BAD_REQUEST', { fields: { colleges: 'too_big' } });
  }
}
