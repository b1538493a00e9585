import type { Db } from 'mongodb';
import { type Proof, prove } from '../checker/prove';
import type { Stack } from '../demo/stack';
import { openCallers } from './callers';
import { layStormGround, type StormGround, type StormStudent } from './ground';
import { type Harbour, openHarbour } from './harbour';
import { createDice } from './random';
import { describeStrike, digestOf, planStorm } from './schedule';
import { settle, type Unsettled, unsettledCount } from './settling';
import { type FaultCounts, strikeBySchedule } from './strike';
import { drawPart, playStudent } from './student';

export interface StormResult {
  seed: number;
  seconds: number;
  /** Names the schedule: the same seed and length give the same. */
  schedule: string;
  /** That WeChat was asked to take money for. */
  orders: number;
  /** With the payer. */
  refunds: number;
  faults: FaultCounts;
  kills: number;
  seats: Pick<Proof['seats'], 'oversold' | 'leaked' | 'duplicates'>;
  money: { unexplained: number };
  unsettled: number;
  /** What `unsettled` consists of. */
  left: Unsettled;
  /** The checker's findings, the first hundred. */
  problems: string[];
}

export interface StormOptions {
  seed: number;
  seconds: number;
  tell: (line: string) => void;
  /** Whether the API processes log their errors, each with its stack: of use when something is left unsettled. */
  log?: boolean;
}

const APIS = 2;
const STUDENTS_AT_ONCE = 120;
const STUDENTS_A_SECOND = 90;

/**
 * Students book and pay over HTTP while everything goes wrong by a schedule that the seed fixes. Then nothing goes
 * wrong any more and nobody lifts a finger: what has not come to rest by itself, or cannot be explained by the
 * independent checker, is counted.
 *
 * @param stack database and sandbox; the storm runs API processes of its own
 */
export async function storm(
  stack: Stack,
  { seed, seconds, tell, log = false }: StormOptions,
): Promise<StormResult> {
  const harbour = await openHarbour(stack, {
    apis: APIS,
    env: {
      CHECK_ANSWERS: 'off',
      LOG_LEVEL: log ? 'error' : 'silent',
      // No messages to students: seats and money are what is at stake here.
      MESSAGE_TEMPLATES: '{}',
    },
  });
  try {
    const ground = await layStormGround(stack, seconds * STUDENTS_A_SECOND);
    return await weather(stack, harbour, ground, { seed, seconds, tell }).finally(ground.close);
  } finally {
    await harbour.close();
  }
}

/** The storm itself, and what it left behind. */
async function weather(
  stack: Stack,
  harbour: Harbour,
  { db, students }: StormGround,
  { seed, seconds, tell }: StormOptions,
): Promise<StormResult> {
  const schedule = planStorm({ seed, seconds, apis: APIS });
  tell(`seed ${seed}: ${schedule.length} strikes in ${seconds} s, schedule ${digestOf(schedule)}`);
  const [struck, played] = await allOrNone((over) => [
    strikeBySchedule(schedule, {
      harbour,
      sandbox: stack.sandbox,
      over,
      tell: (strike) => tell(describeStrike(strike)),
    }),
    playCrowd(stack, harbour.up, students, { seed, seconds, over }),
  ]);
  tell(`the storm is over after ${played} students; now it is quiet`);

  await harbour.allUp();
  await stack.sandbox.clearFaults();
  const left = await settle(db, stack.sandbox);
  const proof = await prove({
    mongodbUri: stack.mongodbUri,
    sandboxControlUrl: stack.sandboxUrls.control,
    settled: true,
  });
  const { oversold, leaked, duplicates } = proof.seats;
  return {
    seed,
    seconds,
    schedule: digestOf(schedule),
    ...(await countMoney(db)),
    ...struck,
    seats: { oversold, leaked, duplicates },
    money: { unexplained: proof.money.unexplained },
    unsettled: unsettledCount(left),
    left,
    problems: proof.problems.map(({ rule, subject, sentence }) => `${rule}: ${subject} ${sentence}`),
  };
}

/**
 * Waits for both parts to end, one way or the other: nobody goes on while what is below is taken away.
 *
 * @param begin is given what tells each that the other has failed
 * @throws what one of them has failed with
 */
async function allOrNone<A, B>(begin: (over: AbortSignal) => [Promise<A>, Promise<B>]): Promise<[A, B]> {
  const failed = new AbortController();
  const parts = begin(failed.signal);
  for (const part of parts) part.catch(() => failed.abort());
  await Promise.allSettled(parts);
  return Promise.all(parts);
}

/** One student after another on each of so many phones, until the time is over. @returns how many there were */
async function playCrowd(
  stack: Stack,
  apis: () => readonly string[],
  students: readonly StormStudent[],
  { seed, seconds, over }: { seed: number; seconds: number; over: AbortSignal },
): Promise<number> {
  const dice = createDice(seed + 1);
  const ends = performance.now() + seconds * 1000;
  const waiting = students.values();
  let played = 0;
  const callers = openCallers({ apis, control: stack.sandboxUrls.control }, STUDENTS_AT_ONCE);
  over.addEventListener('abort', () => void callers.close());
  const phone = async () => {
    for (const student of waiting) {
      if (performance.now() > ends || over.aborted) return;
      await playStudent(callers, student, drawPart(dice));
      played += 1;
    }
  };
  await Promise.all(Array.from({ length: STUDENTS_AT_ONCE }, phone));
  await callers.close();
  return played;
}

async function countMoney(db: Db): Promise<{ orders: number; refunds: number }> {
  const orders = db.collection('orders');
  const [row] = await orders
    .aggregate<{ count: number }>([
      { $unwind: '$refunds' },
      { $match: { 'refunds.state': 'succeeded' } },
      { $count: 'count' },
    ])
    .toArray();
  return { orders: await orders.countDocuments({ mchid: { $ne: '' } }), refunds: row?.count ?? 0 };
}
