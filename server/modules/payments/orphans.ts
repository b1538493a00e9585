import { SYSTEM } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { PaidTransaction } from '../../platform/wechat-pay/wire';
import type { World } from '../../world';
import { line } from '../audit/line';
import { keepOrphan } from './keep-orphan';
import type { Order } from './model';
import { type OrphanNotification, OrphanNotifications } from './orphan-model';

/** News that belonged to no record and that nobody has dealt with. */
export const orphansOf = (mchid: string): Promise<OrphanNotification[]> =>
  OrphanNotifications.find({ mchid, resolvedAt: null }).sort({ at: 1 }).lean<OrphanNotification[]>();

/** The order has been found again: what was told of it and stands there now needs nobody; everything else still does. */
export async function resolveFound(
  world: World,
  { _id, mchid, transactionId, refunds }: Order,
): Promise<void> {
  const found = await OrphanNotifications.find(
    {
      mchid,
      outTradeNo: _id,
      resolvedAt: null,
      reason: 'unknown',
      $or: [
        { kind: 'payment', transactionId: transactionId ?? null },
        { kind: 'refund', outRefundNo: { $in: refunds.map(({ refundNo }) => refundNo) } },
      ],
    },
    { _id: 1 },
  ).lean<{ _id: string }[]>();
  const note = '已按微信记录恢复订单';
  for (const { _id: id } of found)
    await changeRecord(
      OrphanNotifications,
      { _id: id, resolvedAt: null },
      { $set: { resolvedAt: world.clock.now(), note } },
      line(world, SYSTEM, 'notice.resolve', { note }),
    );
}

/** Money at WeChat that is nobody's here goes to the same list, once. */
export async function listUnattributed(
  world: World,
  paid: PaidTransaction,
  reason: 'unknown' | 'another_transaction',
): Promise<void> {
  const { mchid, outTradeNo, transactionId, amount } = paid;
  if (await OrphanNotifications.exists({ mchid, kind: 'payment', transactionId })) return;
  await keepOrphan(world, `recovery:${transactionId}`, {
    mchid,
    kind: 'payment',
    outTradeNo,
    outRefundNo: null,
    transactionId,
    amountFen: amount.total,
    reason,
  });
}
