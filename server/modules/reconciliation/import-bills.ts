import { AppError } from '../../errors';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type BillFiles, hashOf } from './bill-files';
import { dropImport, dropOtherImports, storeBill } from './bill-store';
import { packByBucket } from './buckets';
import { flowCodec, tradeCodec } from './codecs';
import { noFlow, readFundFlowBill } from './fund-flow-bill';
import { type BillDay, BillDays } from './model';
import { noTrade, readTradeBill } from './trade-bill';

/**
 * Streams both bills of a day into the store under an import id of its own, and makes it count by one compare-and-set
 * once both have ended well. Whoever dies before that has changed nothing.
 *
 * @throws AppError BILL_REFUSED, DAY_BUSY · WeChatPayError when a download breaks
 */
export async function importBills(
  world: World,
  by: string,
  claimed: BillDay,
  files: BillFiles,
): Promise<BillDay> {
  const importId = world.ids.id();
  try {
    const facts = await store(claimed, importId, files);
    const imported = await changeRecord(
      BillDays,
      { _id: claimed._id, version: claimed.version },
      { $set: { ...facts, importId, state: 'imported', importedAt: world.clock.now(), uploads: null } },
      line(world, by, 'bill.import', {
        trade: facts.tradeHash,
        fund: facts.fundHash,
        rows: facts.theirs.rows,
      }),
    );
    if (!imported) throw new AppError('DAY_BUSY');
    await dropOtherImports(claimed._id, importId);
    return imported;
  } catch (cause) {
    await dropImport(importId);
    throw cause;
  }
}

async function store({ _id, mchid, day }: BillDay, importId: string, files: BillFiles) {
  const place = { importId, dayId: _id };
  const theirs = noTrade();
  const trade = await files.trade();
  if (trade.status === 'ready') {
    const rows = readTradeBill(trade.content, { mchid, day }, theirs);
    await storeBill(
      place,
      'trade',
      packByBucket(rows, ({ wechatNo }) => wechatNo, tradeCodec),
    );
  }
  const moved = noFlow();
  const fund = await files.fund();
  if (fund.status === 'ready') {
    const rows = readFundFlowBill(fund.content, { day }, moved);
    await storeBill(
      place,
      'flow',
      packByBucket(rows, ({ wechatNo }) => wechatNo, flowCodec),
    );
  }
  return { theirs, moved, tradeHash: hashOf(trade), fundHash: hashOf(fund) };
}
