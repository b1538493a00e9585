import { layCampaign, laySession, layStudents } from '../../../../server/demo/ground';
import type { RefundBatchView } from '../../../../shared/contract/settlement';
import type { UseCase } from '../crash-everywhere';
import { type CrashWorld, phoneOf } from '../world';
import { type Booker, checkPayment, expectBooking, passUntil, payAtCashier } from './steps';

/** A campaign of its own, whose two students paid and will not come. */
interface Absent {
  campaignId: string;
  absent: Booker[];
}

async function absentees(world: CrashWorld): Promise<Absent> {
  const { ground, victim } = world;
  const campaignId = await layCampaign(ground);
  const sessionId = await laySession(ground, { campaignId, capacity: 2 });
  const absent: Booker[] = [];
  for (const laid of await layStudents(ground, { campaignId, sessionId }, 2)) {
    const student = { ...laid, api: phoneOf(victim.url, laid) };
    const { id: bookingId } = await student.api.call('POST /api/me/bookings', { body: { sessionId } });
    const booker = { student, bookingId };
    await payAtCashier(world, booker);
    await checkPayment(booker);
    await expectBooking(booker, { place: 'booked', payment: 'paid' });
    absent.push(booker);
  }
  return { campaignId, absent };
}

async function closeOnce({ office }: CrashWorld, { campaignId: id }: Absent): Promise<void> {
  const { phase, version } = await office.call('GET /api/console/campaigns/:id', { params: { id } });
  if (phase === 'over') return;
  await office.call('POST /api/console/campaigns/:id/close-collection', {
    params: { id },
    body: { version },
  });
}

async function batchOf({ maker }: CrashWorld, { campaignId: id }: Absent): Promise<RefundBatchView | null> {
  const { batches } = await maker.call('GET /api/console/campaigns/:id/refund-batches', { params: { id } });
  expect(batches.length).toBeLessThan(2);
  return batches[0] ?? null;
}

async function submitOnce(world: CrashWorld, subject: Absent): Promise<RefundBatchView> {
  const { campaignId: id } = subject;
  return (
    (await batchOf(world, subject)) ??
    world.maker.call('POST /api/console/campaigns/:id/refund-batches', { params: { id }, body: {} })
  );
}

async function approveOnce(world: CrashWorld, subject: Absent): Promise<void> {
  const { id, state, version } = await submitOnce(world, subject);
  if (state !== 'submitted') return;
  await world.checker.call('POST /api/console/refund-batches/:id/decide', {
    params: { id },
    body: { version, decision: 'approve' },
  });
}

async function refundAll(world: CrashWorld, subject: Absent): Promise<void> {
  await passUntil(world, 'the batch is done', async () => (await batchOf(world, subject))?.state === 'done');
  expect(await batchOf(world, subject)).toMatchObject({
    lines: { total: 2, refunded: 2 },
    refundedFen: 6000,
  });
}

async function finish(world: CrashWorld, subject: Absent): Promise<void> {
  await closeOnce(world, subject);
  await approveOnce(world, subject);
  await refundAll(world, subject);
}

const close: UseCase<Absent> = {
  name: 'close of the collection',
  beforehand: 3,
  arrange: absentees,
  scope: ({ campaignId }) => `POST /api/console/campaigns/${campaignId}/close-collection`,
  act: closeOnce,
  goOn: finish,
};

const submit: UseCase<Absent> = {
  name: 'refund batch: submit',
  beforehand: 7,
  arrange: absentees,
  scope: ({ campaignId }) => `POST /api/console/campaigns/${campaignId}/refund-batches`,
  async act(world, subject) {
    await closeOnce(world, subject);
    await submitOnce(world, subject);
  },
  goOn: finish,
};

/** Only here is the id of the batch known before the request that is counted. */
const approve: UseCase<Absent> = {
  name: 'refund batch: approve and run',
  beforehand: 36,
  arrange: absentees,
  scope: () => 'job effects',
  async act(world, subject) {
    await closeOnce(world, subject);
    await approveOnce(world, subject);
    await refundAll(world, subject);
  },
  goOn: finish,
};

/** With the batch that waits for its second person. */
interface Submitted extends Absent {
  batchId: string;
}

const submittable = async (world: CrashWorld): Promise<Submitted> => ({
  ...(await absentees(world)),
  batchId: '',
});

async function submitFor(world: CrashWorld, subject: Submitted): Promise<void> {
  await closeOnce(world, subject);
  subject.batchId = (await submitOnce(world, subject)).id;
}

/** Whatever the batch is doing by itself at that moment. */
async function pauseOnce(world: CrashWorld, subject: Absent, paused: boolean): Promise<void> {
  const batch = await batchOf(world, subject);
  if (batch?.state !== (paused ? 'approved' : 'paused')) return;
  await world.maker.call('POST /api/console/refund-batches/:id/pause', {
    params: { id: batch.id },
    body: { paused },
  });
}

const decide: UseCase<Submitted> = {
  name: 'refund batch: approve',
  beforehand: 9,
  arrange: submittable,
  prepare: submitFor,
  scope: ({ batchId }) => `POST /api/console/refund-batches/${batchId}/decide`,
  act: approveOnce,
  goOn: finish,
};

const goOnRunning = async (world: CrashWorld, subject: Submitted): Promise<void> => {
  await pauseOnce(world, subject, false);
  await finish(world, subject);
};

const pause: UseCase<Submitted> = {
  name: 'refund batch: pause',
  beforehand: 5,
  arrange: submittable,
  async prepare(world, subject) {
    await submitFor(world, subject);
    await approveOnce(world, subject);
  },
  scope: ({ batchId }) => `POST /api/console/refund-batches/${batchId}/pause`,
  act: (world, subject) => pauseOnce(world, subject, true),
  goOn: goOnRunning,
};

const resume: UseCase<Submitted> = {
  name: 'refund batch: go on',
  beforehand: 5,
  arrange: submittable,
  async prepare(world, subject) {
    await submitFor(world, subject);
    await approveOnce(world, subject);
    await pauseOnce(world, subject, true);
  },
  scope: ({ batchId }) => `POST /api/console/refund-batches/${batchId}/pause`,
  act: (world, subject) => pauseOnce(world, subject, false),
  goOn: goOnRunning,
};

export const SETTLEMENT_CASES = [close, submit, decide, pause, resume] as UseCase[];
/** Of many steps: its crashes are shared by two files. */
export const BATCH_CASES = [approve] as UseCase[];
