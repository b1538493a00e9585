import { ApiError } from '../../../../server/demo/api-client';
import type { UseCase } from '../crash-everywhere';
import { type CrashWorld, ROOM, type Student } from '../world';
import { type Booker, bookedBooking, booking, nonce, refundArrived, waitForBooking } from './steps';

/** A paid place whose money is to go back by the word of two people, and the place with it. */
interface Payer extends Booker {
  orderNo: string;
}

async function payer(world: CrashWorld): Promise<Payer> {
  const booker = await bookedBooking(world);
  const { orders } = await booker.student.api.call('GET /api/me/orders');
  return { ...booker, orderNo: orders[0]?.orderNo ?? '' };
}

const proposeRefund = ({ maker }: CrashWorld, { orderNo }: Payer) =>
  maker.call('POST /api/console/orders/:orderNo/proposals', {
    params: { orderNo },
    body: { kind: 'refund', reason: '不能参加', endsPlace: true },
  });

const decide = ({ checker }: CrashWorld, { orderNo, proposalId }: Payer & { proposalId: string }) =>
  checker.call('POST /api/console/orders/:orderNo/proposals/:proposalId/decide', {
    params: { orderNo, proposalId },
    body: { decision: 'approve' },
  });

/** What was done already is said to be. */
async function unless<T>(code: string, work: () => Promise<T>): Promise<T | null> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof ApiError && error.code === code) return null;
    throw error;
  }
}

async function refundedOnce(world: CrashWorld, subject: Payer & { proposalId: string }): Promise<void> {
  await unless('PROPOSAL_DECIDED', () => decide(world, subject));
  await waitForBooking(world, subject, 'the refund arrives', refundArrived);
  await waitForBooking(world, subject, 'the place ends', ({ place }) => place === 'cancelled');
  const { order } = await booking(subject);
  expect(order?.refunds).toMatchObject([{ amountFen: 3000, status: 'arrived' }]);
}

const propose: UseCase<Payer> = {
  name: 'refund: proposed by one',
  arrange: payer,
  scope: ({ orderNo }) => `POST /api/console/orders/${orderNo}/proposals`,
  act: proposeRefund,
  async goOn(world, subject) {
    await unless('PROPOSAL_PENDING', () => proposeRefund(world, subject));
    const { order } = await world.maker.call('GET /api/console/orders/:orderNo', {
      params: { orderNo: subject.orderNo },
    });
    expect(order.proposals).toMatchObject([{ state: 'pending', mine: true }]);
    await refundedOnce(world, { ...subject, proposalId: order.proposals[0]?.id ?? '' });
  },
};

const approve: UseCase<Payer & { proposalId: string }> = {
  name: 'refund: approved by another',
  async arrange(world) {
    const subject = await payer(world);
    const { proposals } = await proposeRefund(world, subject);
    return { ...subject, proposalId: proposals[0]?.id ?? '' };
  },
  scope: ({ orderNo, proposalId }) => `POST /api/console/orders/${orderNo}/proposals/${proposalId}/decide`,
  act: decide,
  goOn: refundedOnce,
};

/** Booked at the door, and owes. */
interface Debtor {
  student: Student;
  bookingId: string;
  version: number;
  nonces: { ask: string; decide: string };
}

async function debtor(world: CrashWorld): Promise<Debtor> {
  const student = world.student();
  await world.desk.call('POST /api/onsite/walk-ins', {
    body: { nonce: nonce(), room: ROOM, studentId: student.id, evidence: 'id_card', payment: 'owed' },
  });
  const found = await stored(world, student);
  return { student, ...found, nonces: { ask: nonce(), decide: nonce() } };
}

async function stored({ ground }: CrashWorld, { id }: Student) {
  const found = await ground.db
    .collection<{ _id: string; version: number; payment: string; waiver: object | null; studentId: string }>(
      'bookings',
    )
    .findOne({ studentId: id });
  if (!found) throw new Error('no booking');
  const { _id: bookingId, version, payment, waiver } = found;
  return { bookingId, version, payment, waiver };
}

const ask = ({ maker }: CrashWorld, { bookingId: id, version, nonces }: Debtor) =>
  maker.call('POST /api/console/bookings/:id/waiver', {
    params: { id },
    body: { version, nonce: nonces.ask, reason: '家庭困难' },
  });

const decideWaiver = ({ checker }: CrashWorld, { bookingId: id, version, nonces }: Debtor) =>
  checker.call('POST /api/console/bookings/:id/waiver/decide', {
    params: { id },
    body: { version, nonce: nonces.decide, decision: 'approve' },
  });

const askWaiver: UseCase<Debtor> = {
  name: 'waiver: asked for by one',
  arrange: debtor,
  scope: ({ bookingId }) => `POST /api/console/bookings/${bookingId}/waiver`,
  act: ask,
  async goOn(world, subject) {
    await ask(world, subject);
    await ask(world, subject);
    const { version, payment, waiver } = await stored(world, subject.student);
    expect({ version, payment, asked: waiver !== null }).toEqual({
      version: subject.version + 1,
      payment: 'owed',
      asked: true,
    });
  },
};

const approveWaiver: UseCase<Debtor> = {
  name: 'waiver: approved by another',
  async arrange(world) {
    const subject = await debtor(world);
    await ask(world, subject);
    return { ...subject, version: subject.version + 1 };
  },
  scope: ({ bookingId }) => `POST /api/console/bookings/${bookingId}/waiver/decide`,
  act: decideWaiver,
  async goOn(world, subject) {
    await decideWaiver(world, subject);
    await decideWaiver(world, subject);
    expect(await stored(world, subject.student)).toMatchObject({
      version: subject.version + 1,
      payment: 'waived',
      waiver: null,
    });
  },
};

export const TWO_PEOPLE_CASES = [propose, approve] as UseCase[];
/** On the day: before it nobody is let in who has not paid. */
export const WAIVER_CASES = [askWaiver, approveWaiver] as UseCase[];
