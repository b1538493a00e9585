import type { Findings } from './findings';
import { amountsOf } from './money/amounts';
import type { Order } from './reading/documents';
import { type Fields, type Raw, read } from './reading/fields';
import { inPieces } from './reading/merge-join';
import { type Records, STREAMED } from './reading/records';

interface Line {
  id: string;
  bookingId: string;
  orderNo: string;
  amountFen: number;
  state: string;
}

interface Batch {
  id: string;
  state: string;
  lineCount: number;
  amountFen: number;
}

const PIECE = 500;

/** What a refund batch (批量退款) says it has done, against bookings and orders. */
export async function proveBatches(records: Records, findings: Findings): Promise<void> {
  const batches = records.collection('refund_batches').find(records.scope, {
    projection: { state: 1, lineCount: 1, amountFen: 1 },
  });
  for await (const raw of batches) await proveBatch(records, read(raw, batchOf), findings);
}

async function proveBatch(records: Records, reading: ReturnType<typeof read<Batch>>, findings: Findings) {
  if (!reading.ok) {
    const subject = `refund batch ${reading.id}`;
    findings.add({
      rule: 'batch-total-off',
      subject,
      sentence: `cannot be read: ${reading.complaint}`,
      fen: 0,
    });
    return;
  }
  const batch = reading.value;
  const due = { lines: 0, fen: 0 };
  // Those who died between the lines and their batch left lines of no batch: they are never looked at.
  const lines = records.collection('refund_lines').find({ batchId: batch.id }, STREAMED);
  for await (const piece of inPieces(lines, PIECE)) {
    for (const { line, problem } of await judgeLines(records, batch, piece)) {
      if (line && line.state !== 'excluded') {
        due.lines += 1;
        due.fen += line.amountFen;
      }
      if (problem)
        findings.add({
          rule: 'batch-line-off',
          subject: `refund line ${line?.id ?? `of batch ${batch.id}`}`,
          sentence: problem,
          fen: line?.amountFen ?? 0,
        });
    }
  }
  if (due.lines !== batch.lineCount || due.fen !== batch.amountFen)
    findings.add({
      rule: 'batch-total-off',
      subject: `refund batch ${batch.id}`,
      sentence: `was approved as ${batch.lineCount} lines of ${batch.amountFen} fen, and has ${due.lines} of ${due.fen}`,
      fen: due.fen - batch.amountFen,
    });
}

async function judgeLines(
  records: Records,
  batch: Batch,
  raws: readonly Raw[],
): Promise<{ line: Line | null; problem: string | null }[]> {
  const lines = raws.map((raw) => read(raw, lineOf));
  const readable = lines.flatMap((line) => (line.ok ? [line.value] : []));
  const places = await placesOf(records, readable);
  const orders = await records.orders(readable.map(({ orderNo }) => orderNo));
  return lines.map((line) =>
    line.ok
      ? { line: line.value, problem: wrongLine(batch, line.value, places, orders) }
      : { line: null, problem: `${line.id} cannot be read: ${line.complaint}` },
  );
}

/** The line was written after what it reports, so that what it reports must be there. */
function wrongLine(
  batch: Batch,
  { state, bookingId, orderNo, amountFen }: Line,
  places: ReadonlyMap<string, string>,
  orders: ReadonlyMap<string, Order>,
): string | null {
  if (batch.state === 'done' && (state === 'waiting' || state === 'cancelled'))
    return `is ${state}, and its batch done`;
  if ((state === 'cancelled' || state === 'refunded') && places.get(bookingId) !== 'no_show')
    return `is ${state}, and booking ${bookingId} ${places.get(bookingId) ?? 'does not exist'}`;
  if (state !== 'refunded') return null;
  const order = orders.get(orderNo);
  const refunded = order ? amountsOf(order).refunded : 0;
  return refunded >= amountFen
    ? null
    : `is refunded, and order ${orderNo} has given back ${refunded} of ${amountFen} fen`;
}

async function placesOf(records: Records, lines: readonly Line[]): Promise<Map<string, string>> {
  const ids = lines.map(({ bookingId }) => bookingId);
  const places = new Map<string, string>();
  const found = records.collection('bookings').find({ _id: { $in: ids } }, { projection: { place: 1 } });
  for await (const { _id, place } of found) places.set(String(_id), String(place));
  return places;
}

const batchOf = (fields: Fields): Batch => ({
  id: fields.text('_id'),
  state: fields.text('state'),
  lineCount: fields.count('lineCount'),
  amountFen: fields.count('amountFen'),
});

const lineOf = (fields: Fields): Line => ({
  id: fields.text('_id'),
  bookingId: fields.text('bookingId'),
  orderNo: fields.textOrEmpty('orderNo'),
  amountFen: fields.count('amountFen'),
  state: fields.oneOf('state', ['waiting', 'excluded', 'cancelled', 'refunded', 'skipped', 'failed']),
});
