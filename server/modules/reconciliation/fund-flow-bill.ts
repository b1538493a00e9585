import type { Readable } from 'node:stream';
import { type BillLayout, type Header, readBill, refuseBill } from './bill-table';
import { checkClaims, countOf, dayChecker, fenOf, instantReader, moneyColumn } from './bill-values';

/** A line of the fund-flow bill (资金账单): money that really moved. */
export interface FlowRow {
  flowNo: string;
  /** 微信支付业务单号: the number of the payment or refund at WeChat. */
  wechatNo: string;
  /** 业务类型 */
  type: string;
  /** Positive in, negative out. */
  fen: number;
  at: Date;
}

export interface FlowTotals {
  rows: number;
  inRows: number;
  inFen: number;
  outRows: number;
  outFen: number;
}

export const noFlow = (): FlowTotals => ({ rows: 0, inRows: 0, inFen: 0, outRows: 0, outFen: 0 });

/**
 * Streams the movements of one day and holds the footer against their sums. The file does not name its merchant.
 *
 * @param totals counted up while reading
 * @throws AppError BILL_REFUSED for another day's bill, a file cut short, a footer that does not add up
 */
export function readFundFlowBill(
  content: Readable,
  expected: { day: string },
  totals: FlowTotals,
): AsyncGenerator<FlowRow[]> {
  return readBill(content, {
    footerColumn: '资金流水总笔数',
    details(header) {
      const rowOf = rowReader(header);
      const checkDay = dayChecker(expected.day, '资金流水');
      return (cells) => {
        const row = rowOf(cells);
        checkDay(row.at);
        add(totals, row);
        return row;
      };
    },
    footer(header, cells) {
      const count = (name: string) => countOf(header.column(name)(cells));
      const money = (name: string) => fenOf(header.column(name)(cells));
      checkClaims([
        ['资金流水总笔数', count('资金流水总笔数'), totals.rows],
        ['收入笔数', count('收入笔数'), totals.inRows],
        ['收入金额', money('收入金额'), totals.inFen],
        ['支出笔数', count('支出笔数'), totals.outRows],
        ['支出金额', money('支出金额'), totals.outFen],
      ]);
    },
  });
}

function rowReader(header: Header): ReturnType<BillLayout<FlowRow>['details']> {
  const at = header.column('记账时间');
  const wechatNo = header.column('微信支付业务单号');
  const flowNo = header.column('资金流水单号');
  const type = header.column('业务类型');
  const direction = header.column('收支类型');
  const amount = moneyColumn(header.column('收支金额(元)'));
  const instantOf = instantReader();
  return (cells) => {
    const way = direction(cells);
    if (way !== '收入' && way !== '支出') throw refuseBill(`收支类型“${way.slice(0, 10)}”读不出来`);
    const fen = amount(cells);
    return {
      flowNo: flowNo(cells),
      wechatNo: wechatNo(cells),
      type: type(cells),
      fen: way === '收入' ? fen : -fen,
      at: instantOf(at(cells)),
    };
  };
}

function add(totals: FlowTotals, { fen }: FlowRow): void {
  totals.rows += 1;
  if (fen >= 0) {
    totals.inRows += 1;
    totals.inFen += fen;
  } else {
    totals.outRows += 1;
    totals.outFen -= fen;
  }
}
