import type { MessageKind } from '../../../shared/domain/messages';
import { Accepts } from './accept-model';

/** How many of these accounts may be sent a message of the kind, as far as we know. */
export async function countSubscribed(
  campaignId: string,
  kind: MessageKind,
  accountIds: readonly string[],
): Promise<number> {
  const subscribed = await Accepts.find({ campaignId, kind, left: { $gt: 0 } }, { accountId: 1 }).lean<
    { accountId: string }[]
  >();
  const asked = new Set(accountIds);
  return subscribed.filter(({ accountId }) => asked.has(accountId)).length;
}
