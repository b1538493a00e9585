import { z } from 'zod';
import { type Fen, fen } from '../../../shared/domain/money';

/**
 * What WeChat Pay says, in our words. Unknown fields are ignored: WeChat adds some now and then. Empty texts stand
 * for absent ones.
 */

const amountInFen = z.number().int().nonnegative().transform(fen);
const text = z
  .string()
  .optional()
  .transform((value) => value || undefined);
const instant = z.iso.datetime({ offset: true }).transform((value) => new Date(value));
const someInstant = text.pipe(instant.optional());

export type UnpaidState = 'NOTPAY' | 'CLOSED' | 'REVOKED' | 'USERPAYING' | 'PAYERROR';

interface TransactionHead {
  appid: string;
  mchid: string;
  outTradeNo: string;
  payerOpenid: string | undefined;
  attach: string | undefined;
}

export interface PaidTransaction extends TransactionHead {
  /** REFUND: paid, and at least partly refunded since. */
  state: 'SUCCESS' | 'REFUND';
  transactionId: string;
  tradeType: string | undefined;
  bankType: string | undefined;
  successTime: Date;
  /** `payerTotal` is less than `total` when a coupon paid the rest. */
  amount: { total: Fen; payerTotal: Fen; currency: string };
}

export interface UnpaidTransaction extends TransactionHead {
  state: UnpaidState;
}

export type Transaction = PaidTransaction | UnpaidTransaction;

const head = {
  appid: z.string(),
  mchid: z.string(),
  out_trade_no: z.string(),
  attach: text,
  payer: z.object({ openid: text }).optional(),
};

export const paidTransaction = z
  .object({
    ...head,
    trade_state: z.enum(['SUCCESS', 'REFUND']),
    transaction_id: z.string().min(1),
    trade_type: text,
    bank_type: text,
    success_time: instant,
    amount: z.object({
      total: amountInFen,
      payer_total: amountInFen.optional(),
      currency: z.string().default('CNY'),
    }),
  })
  .transform(
    (wire): PaidTransaction => ({
      ...headOf(wire),
      state: wire.trade_state,
      transactionId: wire.transaction_id,
      tradeType: wire.trade_type,
      bankType: wire.bank_type,
      successTime: wire.success_time,
      amount: {
        total: wire.amount.total,
        payerTotal: wire.amount.payer_total ?? wire.amount.total,
        currency: wire.amount.currency,
      },
    }),
  );

const unpaidTransaction = z
  .object({ ...head, trade_state: z.enum(['NOTPAY', 'CLOSED', 'REVOKED', 'USERPAYING', 'PAYERROR']) })
  .transform((wire): UnpaidTransaction => ({ ...headOf(wire), state: wire.trade_state }));

export const transaction = z.union([paidTransaction, unpaidTransaction]);

function headOf(wire: {
  appid: string;
  mchid: string;
  out_trade_no: string;
  attach: string | undefined;
  payer?: { openid: string | undefined } | undefined;
}): TransactionHead {
  return {
    appid: wire.appid,
    mchid: wire.mchid,
    outTradeNo: wire.out_trade_no,
    payerOpenid: wire.payer?.openid,
    attach: wire.attach,
  };
}

export type RefundStatus = 'SUCCESS' | 'CLOSED' | 'PROCESSING' | 'ABNORMAL';

export interface Refund {
  outRefundNo: string;
  refundId: string;
  outTradeNo: string;
  transactionId: string;
  status: RefundStatus;
  /** When WeChat accepted it; callbacks do not say. */
  acceptedAt: Date | undefined;
  successTime: Date | undefined;
  /** For the student, for example "招商银行信用卡0403" or "支付用户零钱". */
  receivedAccount: string | undefined;
  /** `payerRefund` is less than `refund` when part of it was a coupon. */
  amount: { total: Fen; refund: Fen; payerRefund: Fen | undefined };
}

const refundFields = {
  out_refund_no: z.string(),
  refund_id: z.string(),
  out_trade_no: z.string(),
  transaction_id: z.string(),
  create_time: someInstant,
  success_time: someInstant,
  user_received_account: text,
  amount: z.object({ total: amountInFen, refund: amountInFen, payer_refund: amountInFen.optional() }),
};
const refundStatus = z.enum(['SUCCESS', 'CLOSED', 'PROCESSING', 'ABNORMAL']);

export const refund = z
  .object({ ...refundFields, status: refundStatus })
  .transform((wire) => refundOf(wire, wire.status));

/** A callback names its status otherwise, and its merchant. */
export const notifiedRefund = z
  .object({ ...refundFields, mchid: z.string(), refund_status: refundStatus })
  .transform((wire) => ({ ...refundOf(wire, wire.refund_status), mchid: wire.mchid }));

function refundOf(wire: z.output<z.ZodObject<typeof refundFields>>, status: RefundStatus): Refund {
  return {
    outRefundNo: wire.out_refund_no,
    refundId: wire.refund_id,
    outTradeNo: wire.out_trade_no,
    transactionId: wire.transaction_id,
    status,
    acceptedAt: wire.create_time,
    successTime: wire.success_time,
    receivedAccount: wire.user_received_account,
    amount: {
      total: wire.amount.total,
      refund: wire.amount.refund,
      payerRefund: wire.amount.payer_refund,
    },
  };
}

export const prepaid = z.object({ prepay_id: z.string().min(1).max(64) });

export const billAddress = z.object({
  hash_type: z.literal('SHA1'),
  hash_value: z.string().regex(/^[0-9a-fA-F]{40}$/),
  download_url: z.url(),
});

export const balance = z
  .object({ available_amount: amountInFen, pending_amount: amountInFen.default(fen(0)) })
  .transform((wire) => ({ available: wire.available_amount, pending: wire.pending_amount }));

export interface Balance {
  /** What refunds can be paid from. */
  available: Fen;
  pending: Fen;
}
