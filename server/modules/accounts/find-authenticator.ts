import { type Authenticator, Authenticators } from './authenticator-model';

export const findAuthenticator = (userId: string): Promise<Authenticator | null> =>
  Authenticators.findById(userId).lean<Authenticator>();

/** Since when the users of a school have authenticators, by user id; who has none is not in it. */
export async function authenticatorsOf(schoolId: string): Promise<ReadonlyMap<string, Date>> {
  const proved = await Authenticators.find({ schoolId, since: { $ne: null } }).lean<Authenticator[]>();
  return new Map(proved.flatMap(({ _id, since }) => (since ? [[_id, since]] : [])));
}
