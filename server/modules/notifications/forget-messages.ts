import { MESSAGE_KINDS } from '../../../shared/domain/messages';
import { Accepts, acceptId } from './accept-model';
import { Messages } from './message-model';

/** Money that is on its way back is still told of. */
const FORGOTTEN = MESSAGE_KINDS.filter((kind) => kind !== 'refunded');

/**
 * Nothing more is sent to who has erased their data but where their money is: without an accept no message goes out.
 * What earlier ones said is emptied; that they were sent stays. Doing it again is doing it once.
 */
export async function forgetMessages(accountId: string): Promise<void> {
  await Accepts.deleteMany({ _id: { $in: FORGOTTEN.map((kind) => acceptId(accountId, kind)) } });
  await Messages.updateMany({ accountId, fields: { $ne: null } }, { $set: { fields: null } });
}
