import type { Readable } from 'node:stream';
import { shanghaiDay } from '../../../shared/domain/time';
import { type BillLine, readBillTable, refuseBill } from './bill-table';
import { countOf, fenOf, instantOf } from './bill-values';

/** A line of the fund-flow bill (资金账单): money that really moved. */
export interface FlowRow {
  flowNo: string;
  /** 微信支付业务单号: the number of the payment or refund at WeChat. */
  wechatNo: string;
  type: string;
  /** Positive in, negative out. */
  fen: number;
  at: Date;
}

/** @throws AppError BILL_REFUSED for another day's bill, a file cut short, a footer that does not add up */
export async function* readFundFlowBill(
  content: Readable,
  expected: { day: string },
): AsyncGenerator<FlowRow> {
  const table = readBillTable(content);
  const sums = { inRows: 0, inFen: 0, outRows: 0, outFen: 0 };
  for await (const line of table.rows) {
    const row = rowOf(line);
    if (shanghaiDay(row.at) !== expected.day) throw refuseBill(`含有 ${shanghaiDay(row.at)} 的资金流水`);
    if (row.fen >= 0) {
      sums.inRows += 1;
      sums.inFen += row.fen;
    } else {
      sums.outRows += 1;
      sums.outFen -= row.fen;
    }
    yield row;
  }
  checkFooter(table.footer(), sums);
}

function rowOf(line: BillLine): FlowRow {
  const direction = line('收支类型');
  if (direction !== '收入' && direction !== '支出')
    throw refuseBill(`收支类型“${direction.slice(0, 10)}”读不出来`);
  const fen = fenOf(line('收支金额(元)'));
  return {
    flowNo: line('资金流水单号'),
    wechatNo: line('微信支付业务单号'),
    type: line('业务类型'),
    fen: direction === '收入' ? fen : -fen,
    at: instantOf(line('记账时间')),
  };
}

function checkFooter(
  line: BillLine,
  sums: { inRows: number; inFen: number; outRows: number; outFen: number },
): void {
  const claims: [string, number, number][] = [
    ['资金流水总笔数', countOf(line('资金流水总笔数')), sums.inRows + sums.outRows],
    ['收入笔数', countOf(line('收入笔数')), sums.inRows],
    ['收入金额', fenOf(line('收入金额')), sums.inFen],
    ['支出笔数', countOf(line('支出笔数')), sums.outRows],
    ['支出金额', fenOf(line('支出金额')), sums.outFen],
  ];
  const wrong = claims.find(([, claimed, counted]) => claimed !== counted);
  if (wrong) throw refuseBill(`汇总行的“${wrong[0]}”与明细合计不一致`);
}
