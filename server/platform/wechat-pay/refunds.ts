import { constants, publicEncrypt } from 'node:crypto';
import { z } from 'zod';
import type { Fen } from '../../../shared/domain/money';
import { isReasonShort } from '../../../shared/domain/refund-reason';
import type { Exchange } from './exchange';
import { isRefusal } from './orders';
import { amount, checkRequest, notifyUrl, outRefundNo, outTradeNo, readAnswer } from './request-rules';
import type { VerificationKeys } from './verification-keys';
import { type Refund, refund } from './wire';

export interface RefundRequest {
  outTradeNo: string;
  /** 1–64 of 0–9 A–Z a–z _ - | * @. The same number refunds once, however often it is sent. */
  outRefundNo: string;
  refund: Fen;
  /** The whole order, as it was paid. */
  total: Fen;
  /** What the payer reads, ≤ 80 bytes of UTF-8. */
  reason?: string;
  /** https, without query. */
  notifyUrl?: string;
}

export type RefundAtWeChat = Refund | { status: 'NOT_EXIST'; outRefundNo: string };

/** Where an ABNORMAL refund goes instead of the card or balance that no longer takes it. */
export interface AbnormalRefundRequest {
  refundId: string;
  outRefundNo: string;
  to:
    | { account: 'merchant' }
    /** A debit card of the payer. Encrypted for WeChat, kept nowhere. `bankType` such as ICBC_DEBIT. */
    | { account: 'payer'; bankType: string; cardNumber: string; holderName: string };
}

const NO_SUCH_REFUND: ReadonlySet<string> = new Set(['RESOURCE_NOT_EXISTS']);

const refundRules = z
  .object({
    outTradeNo,
    outRefundNo,
    refund: amount,
    total: amount,
    reason: z.string().refine(isReasonShort).optional(),
    notifyUrl: notifyUrl.optional(),
  })
  .refine((request) => request.refund <= request.total, { path: ['refund'] });

/** An answer means accepted: the money is back only once the status is SUCCESS. */
export async function requestRefund(exchange: Exchange, request: RefundRequest): Promise<Refund> {
  const asked = checkRequest('request-refund', refundRules, request);
  const answer = await exchange.command('request-refund', 200, (sdk) =>
    sdk.refunds({
      out_trade_no: asked.outTradeNo,
      out_refund_no: asked.outRefundNo,
      ...(asked.reason ? { reason: asked.reason } : {}),
      ...(asked.notifyUrl ? { notify_url: asked.notifyUrl } : {}),
      amount: { refund: asked.refund, total: asked.total, currency: 'CNY' },
    }),
  );
  return readAnswer('request-refund', refund, answer);
}

export async function queryRefund(exchange: Exchange, number: string): Promise<RefundAtWeChat> {
  const checked = checkRequest('query-refund', outRefundNo, number);
  try {
    const answer = await exchange.ask('query-refund', (sdk) => sdk.find_refunds(encodeURIComponent(checked)));
    return readAnswer('query-refund', refund, answer);
  } catch (error) {
    if (isRefusal(error, NO_SUCH_REFUND)) return { status: 'NOT_EXIST', outRefundNo: checked };
    throw error;
  }
}

const abnormalRules = z.object({
  refundId: z.string().regex(/^\d{1,32}$/),
  outRefundNo,
  to: z.discriminatedUnion('account', [
    z.object({ account: z.literal('merchant') }),
    z.object({
      account: z.literal('payer'),
      bankType: z.string().regex(/^[A-Z_]{1,16}$/),
      cardNumber: z.string().regex(/^\d{16,19}$/),
      holderName: z.string().min(1).max(100),
    }),
  ]),
});

export async function applyAbnormalRefund(
  exchange: Exchange,
  keys: VerificationKeys,
  request: AbnormalRefundRequest,
): Promise<Refund> {
  const { refundId, outRefundNo, to } = checkRequest('apply-abnormal-refund', abnormalRules, request);
  const { serial, key } = keys.encryption();
  // The SDK's own publicEncrypt takes a PEM; this is the same RSA-OAEP with SHA-1.
  const encrypted = (plaintext: string) =>
    publicEncrypt(
      { key, padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha1' },
      Buffer.from(plaintext),
    ).toString('base64');
  const body: Record<string, string> =
    to.account === 'merchant'
      ? { out_refund_no: outRefundNo, type: 'MERCHANT_BANK_CARD' }
      : {
          out_refund_no: outRefundNo,
          type: 'USER_BANK_CARD',
          bank_type: to.bankType,
          bank_account: encrypted(to.cardNumber),
          real_name: encrypted(to.holderName),
        };
  const keySerial = to.account === 'payer' ? serial : undefined;
  const answer = await exchange.command('apply-abnormal-refund', 200, (sdk) =>
    sdk.applyAbnormalRefund(refundId, body, keySerial),
  );
  return readAnswer('apply-abnormal-refund', refund, answer);
}
