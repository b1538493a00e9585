import { LINE_STATES, type RefundLineView } from '../../../shared/contract/settlement';
import { LINE_NAMES, troubleWords } from '../../../shared/domain/settlement-words';
import type { Cell, Row, Sheet } from '../../platform/tables/workbook';
import { linesWithOrders } from './batch-lines';
import type { RefundBatch } from './model';
import { countLines } from './presenter';
import { batchRefund } from './settle-lines';

type State = RefundLineView['state'];

/** What became of a batch: the sums by outcome, and every line. Of people, what finance needs and no more. */
export const batchWorkbook = async (batch: RefundBatch, title: readonly string[]): Promise<Sheet[]> => [
  await sumsSheet(batch, title),
  {
    name: '明细',
    title,
    columns: [
      { title: '学号', width: 16 },
      { title: '姓名' },
      { title: '学院', width: 22 },
      { title: '到场', width: 12 },
      { title: '金额（元）', kind: 'yuan', width: 12 },
      { title: '结果', width: 16 },
      { title: '说明', width: 36 },
      { title: '商户订单号', width: 34 },
      { title: '商户退款单号', width: 34 },
      { title: '答应到账', kind: 'day', width: 12 },
      { title: '到账时间', kind: 'instant', width: 20 },
    ],
    rows: rowsOf(batch),
    frozenColumns: 2,
  },
];

async function sumsSheet(batch: RefundBatch, title: readonly string[]): Promise<Sheet> {
  const counted = await countLines(batch._id);
  const rows = LINE_STATES.map((state): Row => [LINE_NAMES[state], counted[state].count, counted[state].fen]);
  const all = LINE_STATES.map((state) => counted[state]);
  return {
    name: '汇总',
    title,
    columns: [
      { title: '结果', width: 20 },
      { title: '笔数', kind: 'integer', width: 10 },
      { title: '金额（元）', kind: 'yuan', width: 14 },
    ],
    rows: [
      ...rows,
      [
        strong('合计'),
        strong(all.reduce((sum, { count }) => sum + count, 0)),
        strong(all.reduce((sum, { fen }) => sum + fen, 0)),
      ],
    ],
  };
}

async function* rowsOf({ _id }: RefundBatch): AsyncGenerator<Row> {
  let totalFen = 0;
  for await (const piece of linesWithOrders(_id)) {
    for (const { view, order } of piece) {
      const { studentNo, name, college, arrived, amountFen, state, note, orderNo } = view;
      const refund = state === 'excluded' ? undefined : batchRefund(order);
      totalFen += amountFen;
      yield [
        studentNo,
        name,
        college,
        arrived ? '签到未拍' : '未到',
        amountFen,
        toned(state),
        troubleWords(note),
        orderNo,
        refund?.refundNo ?? '',
        refund?.dueDay ?? null,
        refund?.succeededAt ?? null,
      ];
    }
  }
  yield [strong('合计'), null, null, null, strong(totalFen)];
}

const strong = (value: string | number): Cell => ({ value, tone: 'total' });

const toned = (state: State): Cell => ({
  value: LINE_NAMES[state],
  tone: state === 'failed' ? 'error' : state === 'excluded' || state === 'skipped' ? 'warning' : 'plain',
});
