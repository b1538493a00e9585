import type { AgencySheet } from '../../../shared/contract/settlement';
import type { Cell, Column, Row, Sheet } from '../../platform/tables/workbook';

/** The settlement with the photographer as a workbook: one row a college, totals, and the ledger beside them. */
export function agencyWorkbook(sheet: AgencySheet, title: readonly string[]): Sheet {
  const columns: Column[] = [
    { title: '学院', width: 24 },
    { title: '拍摄人数', kind: 'integer', width: 10 },
    { title: '已付', kind: 'integer', width: 8 },
    { title: '待缴', kind: 'integer', width: 8 },
    { title: '免缴', kind: 'integer', width: 8 },
    ...sheet.items.flatMap(({ name }): Column[] => [
      { title: `${name} 收款`, kind: 'yuan', width: 18 },
      { title: `${name} 退款`, kind: 'yuan', width: 18 },
      { title: `${name} 净额`, kind: 'yuan', width: 18 },
    ]),
    { title: '净额合计', kind: 'yuan', width: 14 },
  ];
  return { name: '与拍摄单位结算', title, columns, rows: rowsOf(sheet, columns.length), frozenColumns: 1 };
}

const strong = (value: string | number | null): Cell => ({ value, tone: 'total' });

function* rowsOf(sheet: AgencySheet, width: number): Generator<Row> {
  for (const { college, ...row } of sheet.rows) yield [college, ...numbersOf(row)];
  yield ['合计', ...numbersOf(sheet.total)].map(strong);
  yield besides('已付未拍、未退的', sheet.unshot.netFen, width);
  const ledgerFen = sheet.ledger.reduce((total, { netFen }) => total + netFen, 0);
  yield besides('按分录，本批次收费净额', ledgerFen, width);
  yield besides('相差', ledgerFen - sheet.total.netFen - sheet.unshot.netFen, width).map((value, index) =>
    index === 0 || index === width - 1 ? { value, tone: sheet.ties ? 'total' : 'error' } : null,
  );
}

const numbersOf = ({ shots, paid, owed, waived, items, netFen }: AgencySheet['total']): number[] => [
  shots,
  paid,
  owed,
  waived,
  ...items.flatMap((item) => [item.receivedFen, item.refundedFen, item.netFen]),
  netFen,
];

/** A line with one amount, below the amounts that it is held against. */
const besides = (name: string, fen: number, width: number): (string | number | null)[] => [
  name,
  ...Array<null>(width - 2).fill(null),
  fen,
];
