import { actorName, type StudentActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { findIdentity } from './find-identity';
import { Identities } from './model';

/** Name, document, consents and photos go; the attempts stay, or erasing would give new ones. */
export async function forgetIdentity(world: World, by: StudentActor): Promise<void> {
  if (!(await findIdentity(by.accountId))) return;
  await changeRecord(
    Identities,
    { _id: by.accountId },
    {
      $set: {
        status: 'none',
        name: null,
        documentType: null,
        documentSealed: null,
        documentIndex: null,
        documentMasked: null,
        consents: [],
        photos: {},
        verifiedAt: null,
      },
      $unset: { claimedIndex: 1, reviewAnswer: 1 },
    },
    line(world, actorName(by), 'identity.erase'),
  );
}
