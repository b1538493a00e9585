import { billTime } from '../books/time';
import { billLine, count, headerLine, yuan } from './format';
import type { BillDay } from './trade-bill';

const HEADER = [
  '记账时间',
  '微信支付业务单号',
  '资金流水单号',
  '业务名称',
  '业务类型',
  '收支类型',
  '收支金额(元)',
  '账户结余(元)',
  '资金变更提交申请人',
  '备注',
  '业务凭证号',
];
const SUMMARY = ['资金流水总笔数', '收入笔数', '收入金额', '支出笔数', '支出金额'];

/** The lines of a day's fund-flow bill; nothing when no money moved. */
export function* fundFlowBill({ merchant, books, fromMs, toMs, countStyle }: BillDay): Generator<string> {
  // Entries may be planted in the past, so the balance is carried forward from the beginning.
  let balanceFen = 0;
  for (const { direction, amountFen } of books.flowBetween(merchant.mchid, 0, fromMs)) {
    balanceFen += direction === '收入' ? amountFen : -amountFen;
  }
  const sums = { 收入: { rows: 0, fen: 0 }, 支出: { rows: 0, fen: 0 } };
  for (const entry of books.flowBetween(merchant.mchid, fromMs, toMs)) {
    if (sums.收入.rows + sums.支出.rows === 0) yield headerLine(HEADER);
    const sum = sums[entry.direction];
    sum.rows += 1;
    sum.fen += entry.amountFen;
    balanceFen += entry.direction === '收入' ? entry.amountFen : -entry.amountFen;
    yield billLine([
      billTime(entry.atMs),
      entry.businessNo,
      entry.flowNo,
      entry.name,
      entry.type,
      entry.direction,
      yuan(entry.amountFen),
      yuan(balanceFen),
      'system',
      '',
      entry.voucher,
    ]);
  }
  const rows = sums.收入.rows + sums.支出.rows;
  if (rows === 0) return;
  yield headerLine(SUMMARY);
  yield billLine([
    count(rows, countStyle),
    count(sums.收入.rows, countStyle),
    yuan(sums.收入.fen),
    count(sums.支出.rows, countStyle),
    yuan(sums.支出.fen),
  ]);
}
