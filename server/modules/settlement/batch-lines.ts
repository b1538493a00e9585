import type { RefundLineView } from '../../../shared/contract/settlement';
import { maskName } from '../../../shared/domain/person-name';
import { findOrders } from '../payments/find-order';
import type { Order } from '../payments/model';
import { findStudents } from '../roster/find-student';
import { type LineState, type RefundLine, RefundLines } from './line-model';

/** A page of a batch's lines in one state. */
export async function pageOfLines(
  batchId: string,
  { state, after, limit }: { state: LineState; after?: string | undefined; limit: number },
): Promise<{ lines: RefundLineView[]; next: string | null }> {
  const found = await RefundLines.find({
    batchId,
    state,
    ...(after === undefined ? {} : { _id: { $gt: `${batchId}:${after}` } }),
  })
    .sort({ _id: 1 })
    .limit(limit + 1)
    .lean<RefundLine[]>();
  const lines = (await withOrders(found.slice(0, limit))).map(({ view }) => view);
  return { lines, next: found.length > limit ? (lines.at(-1)?.bookingId ?? null) : null };
}

const PIECE = 500;

/** All of a batch's lines with their orders, in pieces. */
export async function* linesWithOrders(batchId: string): AsyncGenerator<LineWithOrder[]> {
  let after = '';
  for (;;) {
    const piece = await RefundLines.find({ batchId, _id: { $gt: after } })
      .sort({ _id: 1 })
      .limit(PIECE)
      .lean<RefundLine[]>();
    if (piece.length > 0) yield await withOrders(piece);
    if (piece.length < PIECE) return;
    after = piece.at(-1)?._id ?? '';
  }
}

export interface LineWithOrder {
  view: RefundLineView;
  order: Order | undefined;
}

async function withOrders(lines: readonly RefundLine[]): Promise<LineWithOrder[]> {
  const orders = new Map(
    (await findOrders(lines.map(({ orderNo }) => orderNo))).map((one) => [one._id, one]),
  );
  const students = await findStudents([...orders.values()].map(({ studentId }) => studentId));
  const studentOf = new Map(students.map((student) => [student._id, student]));
  return lines.map((line) => {
    const order = orders.get(line.orderNo);
    const student = studentOf.get(order?.studentId ?? '');
    const { bookingId, orderNo, arrived, amountFen, state, note } = line;
    return {
      order,
      view: {
        bookingId,
        orderNo,
        studentNo: student?.studentNo ?? '',
        name: maskName(student?.name ?? ''),
        college: student?.college ?? '',
        arrived,
        amountFen,
        state,
        note,
      },
    };
  });
}
