import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { writeFundFlowBill, writeTradeBill } from '../../../../server/bench/bills/bill-files';
import { FEN, type Sale } from '../../../../server/bench/bills/sales';
import { randomIds } from '../../../../server/platform/ids';
import type { BillDayView } from '../../../../shared/contract/reconciliation';
import { addDays } from '../../../../shared/domain/time';
import type { UseCase } from '../crash-everywhere';
import type { CrashWorld } from '../world';
import {
  addressOf,
  type Case,
  dayOfItsOwn,
  type FinanceDay,
  fetchOnce,
  finish,
  found,
  freeDay,
  keepFetchingToOurselves,
  mchidOf,
  place,
  repairAll,
  UNTIL_REPAIRED,
  viewOf,
  whenFree,
} from './finance-steps';
import { passUntil } from './steps';

/** With the bytes of both bills. */
interface ByHand extends FinanceDay {
  trade: Buffer;
  fund: Buffer;
}

type Kind = 'trade' | 'fund';

/** WeChat's two files of a day with one payment that nobody here knows of. */
async function archived(world: CrashWorld): Promise<ByHand> {
  await keepFetchingToOurselves(world.ground);
  const day = freeDay();
  const mchid = await mchidOf(world.stack);
  const at = new Date(`${day}T12:00:00+08:00`);
  const orderNo = randomIds.number();
  const { payment } = await world.stack.sandbox.ask<{ payment: { transactionId: string } }>(
    'POST',
    '/books/entries',
    { kind: 'payment', mchid, at: at.toISOString(), totalFen: FEN, outTradeNo: orderNo },
  );
  const sale: Sale = {
    orderNo,
    wechatNo: payment.transactionId,
    openid: 'somebody',
    bookingId: '',
    studentId: '',
    attach: '',
    at,
    ourFen: FEN,
  };
  return { merchantId: world.ground.merchantId, day, orderNo, ...(await filesOf(mchid, sale)) };
}

async function filesOf(mchid: string, sale: Sale): Promise<Record<Kind, Buffer>> {
  const folder = await mkdtemp(path.join(tmpdir(), 'bills-'));
  try {
    const merchant = { mchid, appid: 'wx0123456789abcdef' };
    const { file: trade } = await writeTradeBill(folder, merchant, () => [sale]);
    const { file: fund } = await writeFundFlowBill(folder, merchant, () => [sale]);
    return { trade: await readFile(trade), fund: await readFile(fund) };
  } finally {
    await rm(folder, { recursive: true });
  }
}

const handIn = (world: CrashWorld, subject: ByHand, kind: Kind) =>
  world.maker.upload(
    'POST /api/console/merchants/:merchantId/days/:day/bills',
    {},
    new File([new Uint8Array(subject[kind])], `${kind}.csv`),
    place(subject),
  );

/** The person begins again with both files, whatever was taken in before. */
async function handInAgain(world: CrashWorld, subject: ByHand): Promise<void> {
  await whenFree(world, () => handIn(world, subject, 'trade'));
  await whenFree(world, () => handIn(world, subject, 'fund'));
  expect(await viewOf(world, subject)).toMatchObject({
    state: 'differences',
    differences: 1,
    rows: 1,
    uploads: [],
    trouble: null,
  });
  await repairAll(world, subject, 'suspend');
}

const firstFile: UseCase<ByHand> = {
  name: 'bills by hand: the first file',
  mayBeOpen: UNTIL_REPAIRED,
  arrange: archived,
  scope: (subject) => `POST ${addressOf(subject)}/bills`,
  act: (world, subject) => handIn(world, subject, 'trade'),
  goOn: handInAgain,
};

const secondFile: UseCase<ByHand> = {
  name: 'bills by hand: the second file, and the match',
  mayBeOpen: UNTIL_REPAIRED,
  async arrange(world) {
    const subject = await archived(world);
    await handIn(world, subject, 'trade');
    return subject;
  },
  scope: (subject) => `POST ${addressOf(subject)}/bills`,
  act: (world, subject) => handIn(world, subject, 'fund'),
  goOn: handInAgain,
};

const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a]);

const attach = (world: CrashWorld, { id }: Case) =>
  world.maker.upload(
    'POST /api/console/differences/:id/evidence',
    {},
    new File([new Uint8Array(PNG)], '客服记录.png'),
    { id },
  );

const evidence: UseCase<Case> = {
  name: 'difference: attach evidence',
  mayBeOpen: UNTIL_REPAIRED,
  arrange: (world) => found(world, 'suspend'),
  scope: ({ id }) => `POST /api/console/differences/${encodeURIComponent(id)}/evidence`,
  act: attach,
  async goOn(world, subject) {
    await attach(world, subject);
    const { evidence: files } = await world.maker.call('GET /api/console/differences/:id', {
      params: { id: subject.id },
    });
    expect(files).toMatchObject([{ name: '客服记录.png' }]);
    await passUntil(world, 'the bytes are kept', () => onlyItsOwnIsKept(world, subject));
    await finish(world, subject);
  },
};

/** The record's bytes stay for ten years; what the crash has left beside them goes within days. */
async function onlyItsOwnIsKept({ ground, stack }: CrashWorld, { id }: Case): Promise<boolean> {
  const { db } = ground;
  const [file] = await db.collection('evidence_files').find({ differenceId: id }).toArray();
  const blobs = await db
    .collection<{ _id: string; expiresAt: Date }>('blobs')
    .find({ owner: `difference:${id}` })
    .toArray();
  const month = new Date((await stack.sandbox.now()).getTime() + 30 * 24 * 3_600_000);
  const kept = blobs.filter(({ expiresAt }) => expiresAt > month).map(({ _id }) => _id);
  return kept.length === 1 && kept[0] === file?.blobId;
}

/**
 * Money of ours on a day that nobody has reconciled: a payment that a bill once brought to light and that was put aside,
 * as it stands after the records of that day were lost.
 */
async function unreconciled(world: CrashWorld): Promise<FinanceDay> {
  const subject = await dayOfItsOwn(world);
  await fetchOnce(world, subject);
  await repairAll(world, subject, 'suspend');
  const { db } = world.ground;
  const { merchantId, day } = subject;
  await db.collection('differences').deleteMany({ merchantId, day });
  await db.collection('bill_chunks').deleteMany({ dayId: `${merchantId}:${day}` });
  await db.collection('bill_days').deleteMany({ merchantId, day });
  return subject;
}

/** From now on the merchant's days from this one on are the job's. */
async function letTheJobFetch({ ground }: CrashWorld, { merchantId, day }: FinanceDay): Promise<void> {
  await ground.db
    .collection<{ _id: string }>('bill_progress')
    .updateOne({ _id: merchantId }, { $set: { doneTo: addDays(day, -1), nextAt: new Date(0) } });
}

const isMatched = async (world: CrashWorld, subject: FinanceDay): Promise<boolean> => {
  const view: BillDayView | undefined = await viewOf(world, subject);
  return view?.state === 'matched';
};

const LEASE_MINUTES = 31;

const job: UseCase<FinanceDay> = {
  name: 'bills: fetched by the job',
  arrange: unreconciled,
  scope: () => 'job bills',
  async act(world, subject) {
    await letTheJobFetch(world, subject);
    await passUntil(world, 'the day is matched', () => isMatched(world, subject));
    await passUntil(world, 'the job knows', () => isDone(world, subject));
  },
  async goOn(world, subject) {
    await world.pass(LEASE_MINUTES);
    await passUntil(world, 'the job knows', () => isDone(world, subject));
    expect(await viewOf(world, subject)).toMatchObject({ state: 'matched', differences: 0, rows: 1 });
    const dayId = `${subject.merchantId}:${subject.day}`;
    expect(await world.ground.db.collection('bill_chunks').distinct('importId', { dayId })).toHaveLength(1);
    await keepFetchingToOurselves(world.ground);
  },
};

async function isDone({ ground }: CrashWorld, { merchantId, day }: FinanceDay): Promise<boolean> {
  const progress = await ground.db
    .collection<{ _id: string; doneTo: string }>('bill_progress')
    .findOne({ _id: merchantId });
  return progress !== null && progress.doneTo > day;
}

export const BILL_CASES = [firstFile, secondFile, evidence] as UseCase[];
export const BILL_JOB_CASES = [job] as UseCase[];
