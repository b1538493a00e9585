import { type Proof, prove } from '../checker/prove';
import { DEMO_CAMPAIGN } from '../demo/notice-2023';
import { DEMO_HEADCOUNT } from '../demo/roster';
import { type Demo, firstApi, phase, seedDemo } from '../demo/seed';
import type { Stack } from '../demo/stack';
import { createStudentPhone } from '../demo/student-phone';
import { isReleased, playBookingTime, playCancelling, playPayingLate } from './booking-time';
import { cohortOf, countCohorts, type Headcounts, sumOf, UNCOLLECTED, UNPAID, WALK_INS } from './cohorts';
import { playCollectionDay } from './collection-day';
import { inParallel } from './in-parallel';
import { createLatencies, type Latencies } from './latencies';
import { ofCohorts, type Player } from './player';
import { closeAndRefund, matchBills } from './settle-up';
import { enrolLanes } from './site';
import { specialCases, tooFew } from './special-cases';
import { watchMemory } from './watch-memory';

export interface Rehearsal {
  students: number;
  sessions: number;
  funnel: Headcounts & {
    booked: number;
    released: number;
    walk_in: number;
    shot: number;
    /** 提前毕业 · 第二学士学位, photographed */
    early_graduates: number;
    second_degree: number;
    refunded: number;
  };
  seats: Proof['seats'];
  money: Proof['money'];
  reconciliation: { rows: number; differences: number };
  seconds: number;
  requests: number;
  latencyMs: Omit<Latencies, 'requests'>;
  /** The most memory the API process held, MB; null where `ps` cannot tell. */
  apiPeakMb: number | null;
  /** What went wrong, in sentences; empty when all is well. */
  failures: string[];
}

const STUDENTS_AT_ONCE = 16;
/** Drawing and reading ID cards is the sandbox's work: one in twenty photographs them. */
const PHOTOS_EVERY = 20;
const FEE_FEN = DEMO_CAMPAIGN.feeItems.reduce((sum, { amountFen }) => sum + amountFen, 0);

/** Plays the whole of a campaign over HTTP on the demo clock, and has seats and money proved by the checker. */
export async function rehearse(
  stack: Stack,
  students: number,
  tell: (step: string) => void,
): Promise<Rehearsal> {
  const begun = performance.now();
  const memory = watchMemory(stack.apis[0]?.pid ?? 0);
  const latencies = createLatencies();
  tell(`铺设批次：103 个时段，${students} 名学生`);
  const demo = await seedDemo(stack, students, latencies.observe);
  const players = demo.students.map((_, index) => playerOf(stack, demo, index, latencies.observe));

  tell('预约开放：认证、确认、占位、支付');
  await stack.sandbox.setClock(phase('open'));
  await inParallel(STUDENTS_AT_ONCE, players, async (player, index) => {
    if (index > 0 && index % 1000 === 0) tell(`　第 ${index} 名学生`);
    await playBookingTime(stack, player, index % PHOTOS_EVERY === 0);
  });

  tell('占位到期：未付的名额释放，丢了回调的付款由查询找回');
  await stack.sandbox.advance(20 * 60_000);
  const released = await allReleased(ofCohorts(players, 'never_pays', 'pays_late'));
  await allBooked(ofCohorts(players, 'callback_lost'));
  await inParallel(STUDENTS_AT_ONCE, ofCohorts(players, 'pays_late'), playPayingLate);
  await inParallel(STUDENTS_AT_ONCE, ofCohorts(players, 'cancels'), playCancelling);

  tell('采集日：按时段扫码、拍摄；迟到、更正、现场预约');
  const { sessions } = await demo.office.call('GET /api/console/campaigns/:id/sessions', {
    params: { id: demo.campaign.id },
  });
  const lanes = await enrolLanes(stack, demo.office, demo.campaign, latencies.observe);
  await playCollectionDay({ stack, sessions, players, lanes }, tell);
  const { counts } = await demo.office.call('GET /api/console/campaigns/:id', {
    params: { id: demo.campaign.id },
  });

  tell('收尾：结束采集，两人审批，批量退款');
  await stack.sandbox.setClock(phase('closing'));
  const { refunds } = await closeAndRefund(stack, demo);

  tell('次日：下载账单，两边核对');
  await stack.sandbox.setClock(phase('next'));
  const reconciliation = await matchBills(stack, demo.merchantId, ['2022-11-15', '2022-11-19']);
  tell('独立核对：名额与资金');
  const proof = await prove({
    mongodbUri: stack.mongodbUri,
    sandboxControlUrl: stack.sandboxUrls.control,
    settled: true,
  });

  const plan = countCohorts(students);
  const { requests, ...latencyMs } = latencies.summary();
  const photographed = players.filter((player) => player.photographed);
  const special = specialCases(players);
  return {
    students,
    sessions: demo.campaign.counts.sessions,
    funnel: {
      ...plan,
      booked: counts.booked,
      released,
      walk_in: sumOf(plan, WALK_INS),
      shot: counts.shot,
      early_graduates: special.early_graduates,
      second_degree: special.second_degree,
      refunded: refunds + plan.cancels,
    },
    seats: proof.seats,
    money: proof.money,
    reconciliation,
    seconds: Math.round((performance.now() - begun) / 100) / 10,
    requests,
    latencyMs,
    apiPeakMb: await memory.stop(),
    failures: [
      ...proof.problems.map(({ subject, sentence }) => `${subject} ${sentence}`),
      ...differing(
        'photographed',
        counts.shot,
        students - plan.never_pays - plan.cancels - sumOf(plan, UNCOLLECTED),
      ),
      ...(students < DEMO_HEADCOUNT ? [] : tooFew(special)),
      ...differing('photographed, as the desks counted', photographed.length, counts.shot),
      ...differing('released', released, plan.never_pays + plan.pays_late),
      ...differing('refunded in the batch', refunds, sumOf(plan, UNCOLLECTED)),
      ...differing('differences in the bills', reconciliation.differences, 0),
      ...differing('fen paid', proof.money.paid, FEE_FEN * (students - sumOf(plan, UNPAID))),
      ...differing('fen refunded', proof.money.refunded, FEE_FEN * (plan.cancels + sumOf(plan, UNCOLLECTED))),
    ],
  };
}

function playerOf(
  stack: Stack,
  demo: Demo,
  index: number,
  observe: ReturnType<typeof createLatencies>['observe'],
): Player {
  const student = demo.students[index];
  const friend = demo.students[(index + 1) % demo.students.length]?.person;
  if (!student || !friend) throw new Error(`the demo has no student ${index}`);
  return {
    cohort: cohortOf(index),
    student,
    friend,
    bookingId: null,
    sessionId: null,
    photographed: false,
    phone: createStudentPhone({
      baseUrl: firstApi(stack),
      sandbox: stack.sandbox,
      person: student.person,
      campaignId: demo.campaign.id,
      observe,
    }),
  };
}

const differing = (what: string, actual: number, expected: number): string[] =>
  actual === expected ? [] : [`${what}: ${actual}, expected ${expected}`];

const WITHIN_MS = 60_000;

/** The sweeps need a moment of real time to see that demo time has passed. */
async function allReleased(players: readonly Player[]): Promise<number> {
  let released = 0;
  for (const player of players) {
    await soon(() => isReleased(player), `the hold of ${player.student.studentNo} is not released`);
    released += 1;
  }
  return released;
}

async function allBooked(players: readonly Player[]): Promise<void> {
  for (const player of players) {
    const isBooked = async () => (await player.phone.home()).card.kind === 'booked';
    await soon(isBooked, `the payment of ${player.student.studentNo} was not found`);
  }
}

async function soon(look: () => Promise<boolean>, otherwise: string): Promise<void> {
  const deadline = Date.now() + WITHIN_MS;
  while (!(await look())) {
    if (Date.now() > deadline) throw new Error(otherwise);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
