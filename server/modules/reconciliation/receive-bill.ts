import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { keepInPieces, readPieces } from '../../platform/blobs/pieces';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import type { Merchant } from '../campaigns/merchant-model';
import type { BillFile, BillFiles } from './bill-files';
import { refuseBill } from './bill-table';
import { personOf } from './difference-model';
import { billsAreMade, isUnfinished, lookAgain, takeBills } from './fetch-bills';
import { billDayOf, findDay } from './find-day';
import { type BillDay, BillDays, type BillKind, type UploadedBill } from './model';
import { contentOf, readUpload, refuseStrangers } from './read-upload';

const KEPT_MS = 24 * 3_600_000;
const TRIES = 10;

export interface ReceivedBill {
  day: BillDay;
  kind: BillKind;
  rows: number;
  /** What is still wanted before the day can be matched. */
  missing: BillKind | null;
  /** The day was matched with this very file already. */
  isKnown: boolean;
}

/**
 * Takes one of a day's two bills from a person. It is read to its end first; what is wrong with it is said and nothing
 * kept. Once both are here, they are imported and matched as the job does it.
 *
 * @param sha1 of the uncompressed file, as WeChat declares it, when the person has it
 * @throws AppError BILL_NOT_READY, BILL_REFUSED, DAY_CLOSED, DAY_BUSY
 */
export async function receiveBill(
  world: World,
  by: UserActor,
  {
    merchant,
    day,
    file,
    sha1,
  }: { merchant: Merchant; day: string; file: { bytes: Buffer; name: string }; sha1?: string | undefined },
): Promise<ReceivedBill> {
  if (!billsAreMade(day, world.clock.now())) throw new AppError('BILL_NOT_READY');
  const expected = { mchid: merchant.mchid, day };
  const read = await readUpload(file.bytes, expected);
  const { kind, rows, hash } = read;
  if (sha1 && sha1.toLowerCase() !== hash) throw refuseBill('校验值（SHA-1）与填写的不符，文件可能被改动过');
  const record = await billDayOf(world, actorName(by), { merchant, day });
  const other: BillKind = kind === 'trade' ? 'fund' : 'trade';
  if (isKnown(record, kind, hash) && (record.state === 'closed' || !record.uploads?.[other]))
    return { day: await finished(world, by, record), kind, rows, missing: null, isKnown: true };
  if (record.state === 'closed') throw new AppError('DAY_CLOSED');

  const kept = await keep(world, by, { record, read, file });
  const noted = await note(world, by, record, kind, kept);
  const bills = await bytesOf(world, noted);
  if (!bills) return { day: noted, kind, rows, missing: other, isKnown: false };
  try {
    await refuseStrangers(bills, expected);
  } catch (cause) {
    // Nobody knows which of the two is the wrong one.
    await forget(world, by, noted);
    throw cause;
  }
  const matched = await takeBills(world, actorName(by), noted, filesOf(noted, bills));
  return { day: matched, kind, rows, missing: null, isKnown: false };
}

const isKnown = ({ importId, tradeHash, fundHash }: BillDay, kind: BillKind, hash: string): boolean =>
  importId !== null && hash === (kind === 'trade' ? tradeHash : fundHash);

/** Whoever handed it in before may have died over the match: old bills can be had from no one else. */
const finished = async (world: World, by: UserActor, record: BillDay): Promise<BillDay> =>
  isUnfinished(record) ? lookAgain(world, actorName(by), record) : record;

async function keep(
  world: World,
  by: UserActor,
  {
    record,
    read,
    file,
  }: {
    record: BillDay;
    read: { kind: BillKind; rows: number; hash: string };
    file: { bytes: Buffer; name: string };
  },
): Promise<UploadedBill> {
  const at = world.clock.now();
  const pieces = await keepInPieces(world.blobs, {
    kind: 'bill',
    owner: `bill:${record._id}`,
    bytes: file.bytes,
    expiresAt: new Date(at.getTime() + KEPT_MS),
  });
  const { hash, rows } = read;
  return { hash, rows, pieces, name: file.name.slice(0, 120), by: personOf(by), at };
}

/** Two who hand in one each at the same moment are both taken down. */
async function note(
  world: World,
  by: UserActor,
  record: BillDay,
  kind: BillKind,
  bill: UploadedBill,
): Promise<BillDay> {
  let seen = record;
  for (let attempt = 0; attempt < TRIES; attempt += 1) {
    if (seen.state === 'closed') throw new AppError('DAY_CLOSED');
    const { hash: sha1, rows } = bill;
    const noted = await changeRecord(
      BillDays,
      { _id: seen._id, version: seen.version },
      { $set: { uploads: { ...seen.uploads, [kind]: bill } } },
      line(world, actorName(by), 'bill.upload', { kind, sha1, rows }),
    );
    if (noted) return noted;
    seen = await findDay(record.merchantId, record.day);
  }
  throw new AppError('DAY_BUSY');
}

async function forget(world: World, by: UserActor, { _id, version }: BillDay): Promise<void> {
  await changeRecord(
    BillDays,
    { _id, version },
    { $set: { uploads: null } },
    line(world, actorName(by), 'bill.forget-uploads'),
  );
}

/** Both files; null while one is missing, or has been kept for too long. */
async function bytesOf(world: World, { uploads }: BillDay): Promise<Record<BillKind, Buffer> | null> {
  if (!uploads?.trade || !uploads.fund) return null;
  const [trade, fund] = await Promise.all(
    [uploads.trade, uploads.fund].map(({ pieces }) => readPieces(world.blobs, pieces)),
  );
  return trade && fund ? { trade, fund } : null;
}

function filesOf({ uploads }: BillDay, bills: Record<BillKind, Buffer>): BillFiles {
  const file = (kind: BillKind): BillFile => ({
    status: 'ready',
    declaredHash: uploads?.[kind]?.hash ?? '',
    content: contentOf(bills[kind]),
  });
  return {
    trade: async () => file('trade'),
    fund: async () => file('fund'),
    close: () => undefined,
  };
}
