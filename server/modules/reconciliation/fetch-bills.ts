import { addDays, atShanghai } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord, insertRecord, newRecord } from '../../platform/mongo/record';
import type { BillAnswer } from '../../platform/wechat-pay/bills';
import { WeChatPayError } from '../../platform/wechat-pay/errors';
import type { World } from '../../world';
import { line } from '../audit/line';
import type { Merchant } from '../campaigns/merchant-model';
import { refuseBill } from './bill-table';
import { importTradeBill, matchFundFlow, matchOurs } from './match-bills';
import { type BillDay, BillDays } from './model';

/** WeChat makes a day's bill in the morning after it. */
const READY_AT = '10:00';

interface MerchantDay {
  merchant: Merchant;
  day: string;
}

/**
 * Fetches both bills of a day and matches them with our records, both ways. Rows and differences are written under an
 * import id of their own, and one compare-and-set makes them count: whoever dies in between has changed nothing.
 * The same files again are no news.
 *
 * @throws AppError BILL_NOT_READY, BILL_REFUSED, DAY_CLOSED, UPSTREAM_UNAVAILABLE
 */
export async function fetchBills(world: World, by: string, { merchant, day }: MerchantDay): Promise<BillDay> {
  if (world.clock.now() < atShanghai(addDays(day, 1), READY_AT)) throw new AppError('BILL_NOT_READY');
  const record = await billDayOf(world, by, { merchant, day });
  if (record.state === 'closed') throw new AppError('DAY_CLOSED');
  const pay = await world.pay.merchantGateway(merchant.mchid);
  const trade = await ask(() => pay.tradeBill(day, 'ALL'));
  const fund = await ask(() => pay.fundFlowBill(day));
  const [tradeHash, fundHash] = [hashOf(trade), hashOf(fund)];
  if (record.importId !== null && record.tradeHash === tradeHash && record.fundHash === fundHash) {
    discard(trade);
    discard(fund);
    return record;
  }
  const importId = world.ids.id();
  const context = { world, by, merchant, day, importId };
  try {
    const theirs = await importTradeBill(context, trade);
    await matchFundFlow(context, fund, theirs);
    const ours = await matchOurs(context);
    return await makeCount(world, by, record, {
      importId,
      tradeHash,
      fundHash,
      theirs: theirs.totals,
      ...ours,
    });
  } catch (cause) {
    if (cause instanceof WeChatPayError) throw refuseBill('下载中断或校验值不符', cause);
    throw cause;
  }
}

async function makeCount(
  world: World,
  by: string,
  record: BillDay,
  facts: Pick<BillDay, 'importId' | 'tradeHash' | 'fundHash' | 'theirs' | 'ours' | 'differences'>,
): Promise<BillDay> {
  const changed = await changeRecord(
    BillDays,
    { _id: record._id, version: record.version },
    {
      $set: {
        ...facts,
        state: facts.differences > 0 ? 'differences' : 'matched',
        importedAt: world.clock.now(),
      },
    },
    line(world, by, 'bill.import', { rows: facts.theirs?.rows ?? 0, differences: facts.differences }),
  );
  if (!changed) throw new AppError('CHANGED_MEANWHILE');
  return changed;
}

async function billDayOf(world: World, by: string, { merchant, day }: MerchantDay): Promise<BillDay> {
  const _id = `${merchant._id}:${day}`;
  const known = await BillDays.findById(_id).lean<BillDay>();
  if (known) return known;
  try {
    return await insertRecord(BillDays, {
      ...newRecord(_id, line(world, by, 'bill.day')),
      schoolId: merchant.schoolId,
      merchantId: merchant._id,
      mchid: merchant.mchid,
      day,
      state: 'waiting',
      tradeHash: null,
      fundHash: null,
      importId: null,
      importedAt: null,
      theirs: null,
      ours: { payments: 0, paidFen: 0, refunds: 0, refundedFen: 0 },
      differences: 0,
    });
  } catch (error) {
    const other = duplicateKey(error) && (await BillDays.findById(_id).lean<BillDay>());
    if (!other) throw error;
    return other;
  }
}

async function ask(request: () => Promise<BillAnswer>): Promise<Exclude<BillAnswer, { status: 'creating' }>> {
  try {
    const answer = await request();
    if (answer.status === 'creating') throw new AppError('BILL_NOT_READY');
    return answer;
  } catch (cause) {
    if (cause instanceof WeChatPayError) throw new AppError('UPSTREAM_UNAVAILABLE', {}, { cause });
    throw cause;
  }
}

/** A day without trade has no file. */
const hashOf = (answer: Exclude<BillAnswer, { status: 'creating' }>): string =>
  answer.status === 'ready' ? answer.declaredHash : 'none';

function discard(answer: BillAnswer): void {
  if (answer.status === 'ready') answer.content.on('error', () => undefined).destroy();
}
