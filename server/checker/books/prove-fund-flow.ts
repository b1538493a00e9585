import { createHash } from 'node:crypto';
import type { Findings } from '../findings';
import type { Flow, WeChatBooks } from '../reading/wechat-books';

/** Movements that payments and refunds make; any other is a difference, however small. */
const KNOWN = ['交易', '扣除交易手续费', '退款', '退还交易手续费', '退款关闭'] as const;

/**
 * WeChat's two books against each other, merchant by merchant: what moved on the account is exactly what payments and
 * refunds, proved against ours already, must have moved, in number, sum and in every single movement.
 *
 * @param untilMs movements from then on are left out, since they may come while we read; infinity when all is quiet
 */
export async function proveFundFlow(books: WeChatBooks, untilMs: number, findings: Findings): Promise<void> {
  for (const mchid of await books.merchants()) {
    const expected = await tallied(expectedFlow(books, mchid), untilMs);
    const actual = await tallied(books.fundFlow(mchid), untilMs);
    for (const type of new Set([...expected.keys(), ...actual.keys()])) {
      const [is, shouldBe] = [actual.get(type) ?? NOTHING, expected.get(type) ?? NOTHING];
      if (is.rows === shouldBe.rows && is.fen === shouldBe.fen && is.print === shouldBe.print) continue;
      const isKnown = KNOWN.some((known) => known === type);
      findings.add({
        rule: isKnown ? 'fund-flow-off' : 'fund-flow-unknown',
        subject: `fund flow of merchant ${mchid}`,
        sentence: isKnown
          ? `has ${told(is)} of ${type}; payments and refunds make it ${told(shouldBe)}`
          : `has ${told(is)} of ${type}, which nothing here explains`,
        fen: is.fen - shouldBe.fen,
      });
    }
  }
}

async function* expectedFlow(books: WeChatBooks, mchid: string): AsyncGenerator<Flow> {
  for await (const { payment } of books.orders(mchid)) {
    if (!payment) continue;
    const { transactionId: businessNo, successMs: atMs } = payment;
    yield { atMs, businessNo, type: '交易', direction: '收入', amountFen: payment.totalFen };
    yield { atMs, businessNo, type: '扣除交易手续费', direction: '支出', amountFen: payment.feeFen };
  }
  for await (const { refundId: businessNo, refundFen, feeFen, createdMs, closedMs } of books.refunds(mchid)) {
    yield { atMs: createdMs, businessNo, type: '退款', direction: '支出', amountFen: refundFen };
    yield { atMs: createdMs, businessNo, type: '退还交易手续费', direction: '收入', amountFen: feeFen };
    if (closedMs === null) continue;
    yield { atMs: closedMs, businessNo, type: '退款关闭', direction: '收入', amountFen: refundFen };
    yield { atMs: closedMs, businessNo, type: '扣除交易手续费', direction: '支出', amountFen: feeFen };
  }
}

/** Millions of movements in three numbers. */
interface Tally {
  rows: number;
  /** Income less expense, fen. */
  fen: number;
  /** Sum of the movements' hashes: the same for the same movements in whatever order. */
  print: number;
}

const NOTHING: Tally = { rows: 0, fen: 0, print: 0 };
const PRINTS = 2 ** 48;

async function tallied(flows: AsyncIterable<Flow>, untilMs: number): Promise<Map<string, Tally>> {
  const tallies = new Map<string, Tally>();
  for await (const { atMs, businessNo, type, direction, amountFen } of flows) {
    // No fee, no movement.
    if (amountFen === 0 || atMs >= untilMs) continue;
    const { rows, fen, print } = tallies.get(type) ?? NOTHING;
    const hash = createHash('sha1')
      .update(`${businessNo} ${direction} ${amountFen}`)
      .digest()
      .readUIntBE(0, 6);
    tallies.set(type, {
      rows: rows + 1,
      fen: fen + (direction === '收入' ? amountFen : -amountFen),
      print: (print + hash) % PRINTS,
    });
  }
  return tallies;
}

const told = ({ rows, fen }: Tally) => `${rows} movements, ${fen} fen`;
