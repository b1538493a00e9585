import type { ReceiptKind } from '../../../shared/contract/receipts';
import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { insertRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import type { Order } from '../payments/model';
import { receivedFen } from '../payments/totals';
import { receiptOf } from './find-receipt';
import { type Receipt, Receipts } from './model';

/**
 * Writes down that a receipt was issued for an order. One insert: two unique indexes see to it that an order has one,
 * and a number stands for one order. The same again, after an answer that was lost, is the same.
 *
 * @throws AppError ORDER_NOT_PAID, RECEIPT_ISSUED, RECEIPT_NUMBER_TAKEN
 */
export async function issueReceipt(
  world: Pick<World, 'clock' | 'ids'>,
  by: UserActor,
  { order, kind, number }: { order: Order; kind: ReceiptKind; number: string },
): Promise<Receipt> {
  if (receivedFen(order) === 0) throw new AppError('ORDER_NOT_PAID');
  try {
    return await insertRecord<Receipt>(Receipts, {
      ...newRecord(
        world.ids.id(),
        line(world, actorName(by), 'receipt.issue', { orderNo: order._id, kind, number }),
      ),
      schoolId: order.schoolId,
      orderNo: order._id,
      kind,
      number,
      state: 'issued',
      issuedBy: { userId: by.userId, name: by.name },
      issuedAt: world.clock.now(),
    });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    const known = await receiptOf(order._id);
    if (known?.kind === kind && known.number === number) return known;
    if (known) throw new AppError('RECEIPT_ISSUED', { number: known.number });
    throw new AppError('RECEIPT_NUMBER_TAKEN', { number });
  }
}
