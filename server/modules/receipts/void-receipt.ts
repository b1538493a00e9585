import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { receiptOf } from './find-receipt';
import { Receipts } from './model';

/** The receipt counts no more; the order may get another. @throws AppError CHANGED_MEANWHILE */
export async function voidReceipt(
  world: Pick<World, 'clock' | 'ids'>,
  by: UserActor,
  { orderNo, version, reason }: { orderNo: string; version: number; reason: string },
): Promise<void> {
  const known = await receiptOf(orderNo);
  const changed =
    known &&
    (await changeRecord(
      Receipts,
      { _id: known._id, version, state: 'issued' },
      { $set: { state: 'void' } },
      line(world, actorName(by), 'receipt.void', { orderNo, number: known.number, reason }),
    ));
  if (!changed) throw new AppError('CHANGED_MEANWHILE');
}
