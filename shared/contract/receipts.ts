import { z } from 'zod';
import { type ContractPart, Instant, Line } from './endpoint';

export const RECEIPT_KINDS = [
  'e_receipt', // 财政电子票据
  'invoice', // 发票
  'paper', // 纸质收据
] as const;
export type ReceiptKind = (typeof RECEIPT_KINDS)[number];

/** What the school has issued for an order. The paper itself is made elsewhere; here is only its number. */
export const ReceiptView = z.object({
  kind: z.enum(RECEIPT_KINDS),
  number: z.string(),
  by: z.string(),
  at: Instant,
  version: z.int(),
});
export type ReceiptView = z.infer<typeof ReceiptView>;

const OrderNo = z.strictObject({ orderNo: z.string().regex(/^[0-9A-Za-z_\-|*]{6,32}$/) });

export const receipts = {
  'GET /api/console/orders/:orderNo/receipt': {
    summary: 'The receipt issued for an order, if any',
    who: ['finance', 'auditor'],
    limit: 'read',
    params: OrderNo,
    response: z.object({ receipt: ReceiptView.nullable() }),
  },
  'POST /api/console/orders/:orderNo/receipt': {
    summary: 'Write down that a receipt was issued, with its number',
    who: ['finance'],
    limit: 'write',
    params: OrderNo,
    body: z.strictObject({ kind: z.enum(RECEIPT_KINDS), number: Line(40) }),
    response: z.object({ receipt: ReceiptView.nullable() }),
    errors: ['ORDER_NOT_PAID', 'RECEIPT_ISSUED', 'RECEIPT_NUMBER_TAKEN'],
  },
  'POST /api/console/orders/:orderNo/receipt/void': {
    summary: 'It was voided (作废 or 冲红): the order has none, its number is never used again',
    who: ['finance'],
    limit: 'write',
    params: OrderNo,
    body: z.strictObject({ version: z.int(), reason: Line(100) }),
    response: z.object({ receipt: ReceiptView.nullable() }),
    errors: ['CHANGED_MEANWHILE'],
  },
} as const satisfies ContractPart;
