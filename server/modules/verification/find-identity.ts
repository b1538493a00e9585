import type { StudentActor } from '../../http/actor';
import { actorName } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { insertRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { Identities, type Identity } from './model';

export const findIdentity = (accountId: string): Promise<Identity | null> =>
  Identities.findById(accountId).lean<Identity>();

/** The identity of an account, made when there is none. */
export async function identityOf(world: World, by: StudentActor): Promise<Identity> {
  const known = await findIdentity(by.accountId);
  if (known) return known;
  const identity: Identity = {
    ...newRecord(by.accountId, line(world, actorName(by), 'identity.create')),
    schoolId: '',
    status: 'none',
    name: null,
    documentType: null,
    documentSealed: null,
    documentIndex: null,
    documentMasked: null,
    consents: [],
    attempts: [],
    photos: {},
    verifiedAt: null,
  };
  try {
    return await insertRecord(Identities, identity);
  } catch (error) {
    const other = duplicateKey(error) && (await findIdentity(by.accountId));
    if (!other) throw error;
    return other;
  }
}
