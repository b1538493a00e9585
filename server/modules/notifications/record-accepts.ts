import type { MessageKind } from '../../../shared/domain/messages';
import type { StudentActor } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import type { World } from '../../world';
import type { Campaign } from '../campaigns/model';
import { Accepts, acceptId } from './accept-model';
import { Messages } from './message-model';

const REMEMBERED_TAPS = 20;

/** What the student answered to WeChat's question. Messages that were waiting for it go out now. */
export async function recordAccepts(
  world: World,
  by: StudentActor,
  { campaign, accepted, nonce }: { campaign: Campaign; accepted: readonly MessageKind[]; nonce: string },
): Promise<void> {
  for (const kind of accepted) {
    await acceptOnce(by.accountId, kind, campaign, nonce);
    await Messages.updateMany(
      { accountId: by.accountId, kind, waitsForAccept: true },
      { $set: { waitsForAccept: false, dueAt: world.clock.now() } },
    );
  }
}

async function acceptOnce(
  accountId: string,
  kind: MessageKind,
  campaign: Campaign,
  nonce: string,
): Promise<void> {
  try {
    await Accepts.updateOne(
      { _id: acceptId(accountId, kind), nonces: { $ne: nonce } },
      {
        $inc: { left: 1 },
        $push: { nonces: { $each: [nonce], $slice: -REMEMBERED_TAPS } },
        $set: { campaignId: campaign._id, schoolId: campaign.schoolId, refusedAt: null },
        $setOnInsert: { accountId, kind },
      },
      { upsert: true },
    );
  } catch (error) {
    // The upsert met the document that has this tap already.
    if (!duplicateKey(error)) throw error;
  }
}
