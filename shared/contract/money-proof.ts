import { z } from 'zod';
import { type ContractPart, Day, FenAmount, Instant, Page } from './endpoint';
import { OrderLine } from './reports';

export const MONEY_PLACES = [
  'kept', // 收入: the student has the place or was photographed
  'aside', // 存疑: two people decide
  'requested', // a refund that WeChat has not taken
  'accepted', // a refund that WeChat works on
  'abnormal', // a refund that the payer's account does not take
  'refused', // WeChat closed the refund, it wants a new one
  'refunded', // with its payer again
] as const;
export type MoneyPlaceName = (typeof MONEY_PLACES)[number];

export const MoneyPlaceView = z.object({
  campaignId: z.string(),
  campaign: z.string(),
  place: z.enum(MONEY_PLACES),
  code: z.string(),
  item: z.string(),
  orders: z.int(),
  fen: FenAmount,
});
export type MoneyPlaceView = z.infer<typeof MoneyPlaceView>;

const Sums = z.object({
  payments: z.int(),
  paidFen: FenAmount,
  refunds: z.int(),
  refundedFen: FenAmount,
});

/** A day whose bills are in: our records = trade bill = fund flow. */
export const ProvedDay = z.object({
  merchantId: z.string(),
  merchant: z.string(),
  day: Day,
  isClosed: z.boolean(),
  ours: Sums,
  trade: Sums.extend({ feeFen: FenAmount }),
  /** What moved on the account, less what the trade bill makes of it. */
  flowOffFen: FenAmount,
  differences: z.int(),
});
export type ProvedDay = z.infer<typeof ProvedDay>;

export const MoneyProofView = z.object({
  /** Being proved at this moment. */
  isRunning: z.boolean(),
  /** Why the last attempt came to nothing. */
  trouble: z.string().nullable(),
  proof: z
    .object({
      /** From when until when records were read. */
      begunAt: Instant,
      endedAt: Instant,
      /** Whoever asked; null: by itself. */
      by: z.string().nullable(),
      /** All that ever came: the sum of the places. */
      receivedFen: FenAmount,
      places: z.array(MoneyPlaceView),
      days: z.array(ProvedDay),
      /** Known to WeChat and not yet here. */
      inTransitFen: FenAmount,
      unexplainedFen: FenAmount,
      /** The first hundred. */
      problems: z.array(
        z.object({
          title: z.string(),
          /** "order …", "bill day …" */
          subject: z.string(),
          orderNo: z.string().nullable(),
          fen: FenAmount,
        }),
      ),
    })
    .nullable(),
});
export type MoneyProofView = z.infer<typeof MoneyProofView>;

const who = ['finance', 'auditor'] as const;

export const moneyProof = {
  'GET /api/console/money-proof': {
    summary: 'Where every fen of the school is, by the last independent proof',
    who,
    limit: 'read',
    response: MoneyProofView,
  },
  'POST /api/console/money-proof': {
    summary: 'Prove it anew; the answer is there as soon as everything has been read',
    who,
    limit: 'write',
    response: MoneyProofView,
  },
  'GET /api/console/money-proof/orders': {
    summary: 'The orders whose money is in a place, as it is now',
    who,
    limit: 'read',
    query: Page.extend({
      place: z.enum(MONEY_PLACES),
      campaignId: z.string().regex(/^([0-9a-f]{24})?$/),
      code: z.string().max(64),
    }),
    response: z.object({
      lines: z.array(OrderLine.extend({ fen: FenAmount })),
      next: z.string().nullable(),
    }),
  },
} as const satisfies ContractPart;
