import { AppError } from '../../errors';
import { duplicateKey } from '../../platform/mongo/failures';
import { insertRecord, newRecord } from '../../platform/mongo/record';
import type { PaidTransaction } from '../../platform/wechat-pay/wire';
import type { World } from '../../world';
import { line } from '../audit/line';
import { schoolOfMerchant } from '../campaigns/merchants';
import { findOrder } from './find-order';
import { quarantineEntry } from './ledger';
import { type Order, Orders } from './model';
import { untouched } from './new-order';
import { resolveFound } from './orphans';

/**
 * Puts money on the books that WeChat has and that is nobody's here (长款), aside until two people give it back. From
 * then on it is refunded, watched and proved like any other. May be repeated.
 *
 * @param cause what brought it to light; the same again finds the same
 * @throws AppError CHANGED_MEANWHILE when another record has taken its number
 */
export async function enterFoundMoney(
  world: World,
  by: string,
  { paid, cause }: { paid: PaidTransaction; cause: string },
): Promise<Order> {
  const { mchid, appid, outTradeNo, transactionId, successTime, amount, payerOpenid } = paid;
  const facts = { fen: amount.total, cause };
  try {
    await insertRecord<Order>(Orders, {
      ...newRecord(outTradeNo, line(world, by, 'order.found', facts)),
      ...untouched(),
      schoolId: await schoolOfMerchant(mchid),
      campaignId: '',
      bookingId: '',
      studentId: '',
      mchid,
      appid,
      payerOpenid: payerOpenid ?? '',
      description: '账单中发现的款项',
      feeItems: [],
      totalFen: 0,
      state: 'quarantined',
      createdAt: world.clock.now(),
      expiresAt: successTime,
      transactionId,
      paidAt: successTime,
      payerTotalFen: amount.payerTotal,
      quarantine: { reason: 'unknown', receivedFen: amount.total, currency: amount.currency, mchid },
      foundBy: cause,
      ledger: [quarantineEntry(world, amount.total, transactionId)],
    });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
  }
  const order = await findOrder(outTradeNo);
  if (order?.foundBy !== cause) throw new AppError('CHANGED_MEANWHILE');
  await resolveFound(world, order);
  return order;
}
