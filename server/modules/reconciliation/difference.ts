import type { DIFFERENCE_TYPES } from '../../../shared/contract/reconciliation';

export type DifferenceType = (typeof DIFFERENCE_TYPES)[number];

/** Something that does not agree (差错), told so that a person can act on it. */
export interface Difference {
  type: DifferenceType;
  /** What it is about: the same difference found again has the same key within its day. */
  key: string;
  orderNo: string | null;
  refundNo: string | null;
  /** Which booking the payer was paying for, as the bill tells of a payment that we do not know. */
  bookingId: string | null;
  /** WeChat's number of the payment, refund or movement. */
  wechatNo: string | null;
  oursFen: number | null;
  theirsFen: number | null;
  explanation: string;
}
