import type { ConsoleRole } from '../../http/actor';
import { hashPassword } from '../../platform/crypto/password';
import { insertRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type User, Users } from './user-model';

/** @throws the driver's E11000 when the login is taken */
export async function createUser(
  world: World,
  by: string,
  facts: {
    schoolId: string;
    login: string;
    name: string;
    role: ConsoleRole;
    password: string;
    colleges?: string[];
    mustChangePassword?: boolean;
  },
): Promise<User> {
  const { password, colleges = [], mustChangePassword = false, ...rest } = facts;
  const user: User = {
    ...newRecord(world.ids.id(), line(world, by, 'user.create', { role: facts.role })),
    ...rest,
    login: facts.login.toLowerCase(),
    colleges,
    passwordHash: await hashPassword(password),
    failedSignIns: 0,
    lockedUntil: null,
    disabledAt: null,
    mustChangePassword,
  };
  return insertRecord(Users, user);
}
