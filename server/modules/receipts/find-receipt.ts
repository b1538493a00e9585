import type { ReceiptView } from '../../../shared/contract/receipts';
import { type Receipt, Receipts } from './model';

/** The one that counts; void ones do not. */
export const receiptOf = (orderNo: string): Promise<Receipt | null> =>
  Receipts.findOne({ orderNo, state: 'issued' }).lean<Receipt>();

/** Of some hundred orders at once, by order number. */
export const receiptsOf = async (orderNos: readonly string[]): Promise<ReadonlyMap<string, Receipt>> => {
  const found = await Receipts.find({ orderNo: { $in: [...orderNos] }, state: 'issued' }).lean<Receipt[]>();
  return new Map(found.map((receipt) => [receipt.orderNo, receipt]));
};

export const presentReceipt = ({ kind, number, issuedBy, issuedAt, version }: Receipt): ReceiptView => ({
  kind,
  number,
  by: issuedBy.name,
  at: issuedAt.toISOString(),
  version,
});
