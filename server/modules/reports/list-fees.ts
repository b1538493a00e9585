import type { FeeDay } from '../../../shared/contract/reports';
import { billDaysIn, feesOfDay } from '../reconciliation/report-days';
import { type Asked, refuseSpan } from './asked';

/** The fees of every day of the span whose bill is in and has rows. @throws AppError BAD_REQUEST */
export async function listFees(asked: Pick<Asked, 'merchant' | 'from' | 'to'>): Promise<FeeDay[]> {
  refuseSpan(asked);
  const days: FeeDay[] = [];
  for (const bill of await billDaysIn(asked.merchant._id, asked)) {
    if (!bill.theirs || bill.theirs.rows === 0) continue;
    const { rates, ...fees } = await feesOfDay(bill);
    days.push({ day: bill.day, ...fees, footerFen: bill.theirs.feeFen, rates: [...rates].sort() });
  }
  return days;
}
