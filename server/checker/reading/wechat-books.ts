import { type Fields, isRaw, type Raw, read } from './fields';

/** An order as WeChat has it. Amounts are fen. */
export interface TheirOrder {
  mchid: string;
  outTradeNo: string;
  payment: Payment | null;
  /** Every refund it accepted, by out_refund_no. */
  refundNos: string[];
}

export interface Payment {
  transactionId: string;
  successMs: number;
  totalFen: number;
  payerTotalFen: number;
  feeFen: number;
}

export interface TheirRefund {
  mchid: string;
  outRefundNo: string;
  refundId: string;
  outTradeNo: string;
  refundFen: number;
  /** Fee given back with it. */
  feeFen: number;
  status: 'PROCESSING' | 'SUCCESS' | 'ABNORMAL' | 'CLOSED';
  createdMs: number;
  closedMs: number | null;
}

/** One movement of a merchant's balance (资金流水). */
export interface Flow {
  atMs: number;
  /** transaction_id or refund_id. */
  businessNo: string;
  /** 业务类型 */
  type: string;
  direction: '收入' | '支出';
  amountFen: number;
}

const PAGE = 500;

/** The sandbox's own books, read over its control API page by page. */
export class WeChatBooks {
  /** @param only these merchants'; null for all */
  constructor(
    private readonly controlUrl: string,
    private readonly only: ReadonlySet<string> | null = null,
  ) {}

  async now(): Promise<Date> {
    const { now } = await this.get('/clock');
    if (typeof now !== 'string') throw new Error('the sandbox tells no time');
    return new Date(now);
  }

  async merchants(): Promise<string[]> {
    const { merchants } = await this.get('/credentials');
    if (!Array.isArray(merchants)) throw new Error('the sandbox names no merchants');
    const all = merchants.map((merchant: unknown) => (isRaw(merchant) ? String(merchant.mchid) : ''));
    return all.filter((mchid) => this.only?.has(mchid) ?? true).sort();
  }

  /** All merchants' orders in the order of their numbers. */
  async ordersByNumber(): Promise<AsyncGenerator<TheirOrder>> {
    const merchants = await this.merchants();
    return inOrder(
      merchants.map((mchid) => this.orders(mchid)),
      ({ outTradeNo }) => outTradeNo,
    );
  }

  orders(mchid: string): AsyncGenerator<TheirOrder> {
    return this.pages('/books/orders', mchid, orderOf);
  }

  refunds(mchid: string): AsyncGenerator<TheirRefund> {
    return this.pages('/books/refunds', mchid, refundOf);
  }

  fundFlow(mchid: string): AsyncGenerator<Flow> {
    return this.pages('/books/fund-flow', mchid, flowOf);
  }

  async order(mchid: string, outTradeNo: string): Promise<TheirOrder | null> {
    const near = this.pages('/books/orders', mchid, orderOf, justBefore(outTradeNo));
    return findNear(near, outTradeNo, (order) => order.outTradeNo);
  }

  async refund(mchid: string, outRefundNo: string): Promise<TheirRefund | null> {
    const near = this.pages('/books/refunds', mchid, refundOf, justBefore(outRefundNo));
    return findNear(near, outRefundNo, (refund) => refund.outRefundNo);
  }

  private async *pages<T>(
    path: string,
    mchid: string,
    shape: (fields: Fields) => T,
    after?: string,
  ): AsyncGenerator<T> {
    let from = after === undefined ? null : `${mchid}/${after}`;
    do {
      const query = new URLSearchParams({
        mchid,
        limit: String(PAGE),
        ...(from === null ? {} : { after: from }),
      });
      const page = await this.get(`${path}?${query}`);
      if (!Array.isArray(page.items)) throw new Error(`${path} of the sandbox is not a page`);
      for (const item of page.items) yield understood(path, item, shape);
      from = typeof page.next === 'string' ? page.next : null;
    } while (from !== null);
  }

  private async get(path: string): Promise<Raw> {
    const response = await fetch(new URL(path, this.controlUrl));
    if (!response.ok) throw new Error(`${path} of the sandbox answered ${response.status}`);
    const body: unknown = await response.json();
    if (!isRaw(body)) throw new Error(`${path} of the sandbox answered no object`);
    return body;
  }
}

/** Numbers that share all but the last character come soon after this. */
const justBefore = (number: string): string => number.slice(0, -1);

async function findNear<T>(
  near: AsyncGenerator<T>,
  number: string,
  numberOf: (item: T) => string,
): Promise<T | null> {
  for await (const item of near) {
    if (numberOf(item) === number) return item;
    if (numberOf(item) > number) return null;
  }
  return null;
}

/** Several ordered streams as one. */
async function* inOrder<T>(
  streams: readonly AsyncGenerator<T>[],
  keyOf: (item: T) => string,
): AsyncGenerator<T> {
  const heads = await Promise.all(streams.map(async (stream) => ({ stream, next: await stream.next() })));
  for (;;) {
    let lowest: { stream: AsyncGenerator<T>; next: IteratorYieldResult<T>; key: string } | null = null;
    for (const { stream, next } of heads) {
      if (next.done) continue;
      const key = keyOf(next.value);
      if (lowest === null || key < lowest.key) lowest = { stream, next, key };
    }
    if (lowest === null) return;
    yield lowest.next.value;
    const { stream } = lowest;
    for (const head of heads) if (head.stream === stream) head.next = await stream.next();
  }
}

function understood<T>(path: string, item: unknown, shape: (fields: Fields) => T): T {
  const reading = read(isRaw(item) ? item : {}, shape);
  if (!reading.ok) throw new Error(`${path} of the sandbox cannot be read: ${reading.complaint}`);
  return reading.value;
}

const orderOf = (fields: Fields): TheirOrder => ({
  mchid: fields.text('mchid'),
  outTradeNo: fields.text('outTradeNo'),
  payment: fields.partOrNull('payment', (payment) => ({
    transactionId: payment.text('transactionId'),
    successMs: payment.integer('successMs'),
    totalFen: payment.count('totalFen'),
    payerTotalFen: payment.count('payerTotalFen'),
    feeFen: payment.count('feeFen'),
  })),
  refundNos: fields.texts('refunds'),
});

const refundOf = (fields: Fields): TheirRefund => ({
  mchid: fields.text('mchid'),
  outRefundNo: fields.text('outRefundNo'),
  refundId: fields.text('refundId'),
  outTradeNo: fields.text('outTradeNo'),
  refundFen: fields.count('refundFen'),
  feeFen: fields.count('feeFen'),
  status: fields.oneOf('status', ['PROCESSING', 'SUCCESS', 'ABNORMAL', 'CLOSED']),
  createdMs: fields.integer('createdMs'),
  closedMs:
    fields
      .list('history', (entry) => ({ status: entry.text('status'), atMs: entry.integer('atMs') }))
      .filter(({ status }) => status === 'CLOSED')
      .at(-1)?.atMs ?? null,
});

const flowOf = (fields: Fields): Flow => ({
  atMs: fields.integer('atMs'),
  businessNo: fields.text('businessNo'),
  type: fields.text('type'),
  direction: fields.oneOf('direction', ['收入', '支出']),
  amountFen: fields.count('amountFen'),
});
