import type { Basis } from '../../../shared/contract/reports';
import { addDays, atShanghai, daysBetween } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import type { Merchant } from '../campaigns/merchant-model';
import type { OrderSpan } from '../payments/reported-orders';

/** Which money a report is about. */
export interface Asked {
  merchant: Merchant;
  /** Days in Shanghai, both included. */
  from: string;
  to: string;
  by: Basis;
  campaignId: string | undefined;
}

const LONGEST_SPAN_DAYS = 400;

/** @throws AppError BAD_REQUEST for a span that ends before it begins, or is too long */
export function refuseSpan({ from, to }: Pick<Asked, 'from' | 'to'>): void {
  const days = daysBetween(from, to);
  if (days < 0) throw new AppError('BAD_REQUEST', { fields: { to: '结束日期不能早于开始日期' } });
  if (days >= LONGEST_SPAN_DAYS)
    throw new AppError('BAD_REQUEST', { fields: { from: `一次最多查 ${LONGEST_SPAN_DAYS} 天` } });
}

export const spanOf = ({ merchant, from, to, campaignId }: Asked): OrderSpan => ({
  mchid: merchant.mchid,
  campaignId,
  from: atShanghai(from),
  to: atShanghai(addDays(to, 1)),
});
