import { type Device, Devices } from './device-model';
import { type User, Users } from './user-model';

/**
 * What people call the users and phones among some actors or subjects ("user:<id>", "device:<id>"); others are left out.
 */
export async function namesOf(
  schoolId: string,
  references: Iterable<string>,
): Promise<Record<string, string>> {
  const wanted = new Set(references);
  const ids = (kind: string) =>
    [...wanted].flatMap((reference) =>
      reference.startsWith(`${kind}:`) ? [reference.slice(kind.length + 1)] : [],
    );
  // An authenticator has the id of the user whose it is.
  const [users, devices] = await Promise.all([
    Users.find({ _id: { $in: [...ids('user'), ...ids('authenticator')] }, schoolId }, { name: 1 }).lean<
      Pick<User, '_id' | 'name'>[]
    >(),
    Devices.find({ _id: { $in: ids('device') }, schoolId }, { label: 1 }).lean<
      Pick<Device, '_id' | 'label'>[]
    >(),
  ]);
  return Object.fromEntries([
    ...users.flatMap(({ _id, name }) =>
      [[`user:${_id}`, name] as const, [`authenticator:${_id}`, `${name}的手机验证器`] as const].filter(
        ([reference]) => wanted.has(reference),
      ),
    ),
    ...devices.map(({ _id, label }) => [`device:${_id}`, label] as const),
  ]);
}
