import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { insertRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { phonesToWaitFor } from '../accounts/device-uploads';
import { line } from '../audit/line';
import type { Campaign } from '../campaigns/model';
import { dueLines } from './due-lines';
import { RefundLines } from './line-model';
import { type RefundBatch, RefundBatches } from './model';

const BATCH = 1_000;

/**
 * Lists who paid and was not photographed, and submits their refund. The lines are written before the batch exists;
 * whoever dies in between leaves lines that belong to nothing.
 *
 * @throws AppError COLLECTION_NOT_OVER, PHONES_NOT_UPLOADED, BATCH_STATE when another one is under way
 */
export async function submitBatch(
  world: World,
  by: UserActor,
  { campaign, exclude }: { campaign: Campaign; exclude: readonly { bookingId: string; reason: string }[] },
): Promise<RefundBatch> {
  if (!campaign.collectionClosedAt) throw new AppError('COLLECTION_NOT_OVER');
  await refuseWhilePhonesKeepScans(campaign);
  const _id = world.ids.id();
  const reasons = new Map(exclude.map(({ bookingId, reason }) => [bookingId, reason]));
  const lines = (await dueLines(campaign._id, world.clock.now())).map(({ booking, orderNo, amountFen }) => {
    const note = reasons.get(booking._id) ?? null;
    return {
      _id: `${_id}:${booking._id}`,
      batchId: _id,
      bookingId: booking._id,
      orderNo,
      amountFen,
      arrived: booking.attendance === 'arrived',
      state: note === null ? ('waiting' as const) : ('excluded' as const),
      note,
    };
  });
  for (let start = 0; start < lines.length; start += BATCH) {
    await RefundLines.insertMany(lines.slice(start, start + BATCH), { lean: true });
  }
  const due = lines.filter(({ state }) => state === 'waiting');
  const amountFen = due.reduce((sum, item) => sum + item.amountFen, 0);
  try {
    return await insertRecord(RefundBatches, {
      ...newRecord(_id, line(world, actorName(by), 'refund-batch.submit', { lines: due.length, amountFen })),
      schoolId: campaign.schoolId,
      campaignId: campaign._id,
      state: 'submitted',
      submittedBy: { userId: by.userId, name: by.name },
      submittedAt: world.clock.now(),
      decidedBy: null,
      decidedAt: null,
      note: null,
      stoppedBecause: null,
      lineCount: due.length,
      amountFen,
    });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    throw new AppError('BATCH_STATE', { state: '已有一批在处理' });
  }
}

/** Whoever was photographed while the network was down must not be refunded for not having come. */
async function refuseWhilePhonesKeepScans({ _id, collectionClosedAt }: Campaign): Promise<void> {
  const phones = await phonesToWaitFor(_id, collectionClosedAt);
  if (phones.length === 0) return;
  throw new AppError('PHONES_NOT_UPLOADED', {
    count: phones.length,
    phones: phones.map(({ label }) => label).join('、'),
  });
}
