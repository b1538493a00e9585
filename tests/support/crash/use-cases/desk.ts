import type { UseCase } from '../crash-everywhere';
import { type CrashWorld, ROOM, type Student } from '../world';
import { type Comer, comer, scan, shoot } from './onsite';
import { nonce } from './steps';

/** Who has arrived, under a number that the desk names. */
interface Waiting extends Comer {
  shotNumber: number;
}

const waiting = async (world: CrashWorld): Promise<Waiting> => ({ ...(await comer(world)), shotNumber: 0 });

async function arrive(world: CrashWorld, subject: Waiting): Promise<void> {
  subject.shotNumber = (await scan(world, subject)).arrival?.shotNumber ?? 0;
}

const params = ({ bookingId: id }: Comer) => ({ id });

const skip = ({ desk }: CrashWorld, subject: Waiting) =>
  desk.call('POST /api/onsite/bookings/:id/skip', {
    params: params(subject),
    body: { nonce: subject.nonces.undo, shotNumber: subject.shotNumber },
  });

const renumber = ({ desk }: CrashWorld, subject: Waiting) =>
  desk.call('POST /api/onsite/bookings/:id/renumber', {
    params: params(subject),
    body: { nonce: subject.nonces.undo, room: ROOM, shotNumber: subject.shotNumber, reason: '排错了队' },
  });

/** Another number, one and the same however often the desk asks. */
async function oneNewNumber(world: CrashWorld, subject: Waiting, ask: typeof skip): Promise<void> {
  const [once, again] = [await ask(world, subject), await ask(world, subject)];
  expect(once.arrival?.shotNumber).toBeGreaterThan(subject.shotNumber);
  expect(again.arrival).toEqual(once.arrival);
  expect(await shoot(world, subject)).toMatchObject({ attendance: 'shot', arrival: once.arrival });
}

const skipped: UseCase<Waiting> = {
  name: 'called and not there: the next number',
  beforehand: 5,
  arrange: waiting,
  prepare: arrive,
  scope: ({ bookingId }) => `POST /api/onsite/bookings/${bookingId}/skip`,
  act: skip,
  goOn: (world, subject) => oneNewNumber(world, subject, skip),
};

const renumbered: UseCase<Waiting> = {
  name: 'another number, with the reason',
  beforehand: 5,
  arrange: waiting,
  prepare: arrive,
  scope: ({ bookingId }) => `POST /api/onsite/bookings/${bookingId}/renumber`,
  act: renumber,
  goOn: (world, subject) => oneNewNumber(world, subject, renumber),
};

const reshoot = ({ desk }: CrashWorld, subject: Waiting) =>
  desk.call('POST /api/onsite/bookings/:id/reshoot', {
    params: params(subject),
    body: { nonce: subject.nonces.undo, reason: '闭眼' },
  });

const reshot: UseCase<Waiting> = {
  name: 'the portrait is taken again',
  beforehand: 5,
  arrange: waiting,
  async prepare(world, subject) {
    await arrive(world, subject);
    await shoot(world, subject);
  },
  scope: ({ bookingId }) => `POST /api/onsite/bookings/${bookingId}/reshoot`,
  act: reshoot,
  async goOn(world, subject) {
    const arrival = { shotNumber: subject.shotNumber };
    expect(await reshoot(world, subject)).toMatchObject({ attendance: 'arrived', arrival });
    const again = { ...subject, nonces: { ...subject.nonces, shot: nonce() } };
    expect(await shoot(world, again)).toMatchObject({ attendance: 'shot', arrival });
    // The answer to it had been lost: asked once more it takes nothing back.
    expect(await reshoot(world, subject)).toMatchObject({ attendance: 'shot', arrival });
  },
};

/** Booked at the door; somebody else's phone reads the code and pays. */
interface PaidByAnother {
  student: Student;
  payer: Student;
  ticket: string;
}

const beginToPay = (_: CrashWorld, { payer, ticket }: PaidByAnother) =>
  payer.api.call('POST /api/me/pay-tickets/:ticket/pay', { params: { ticket } });

const paidByAnother: UseCase<PaidByAnother> = {
  name: 'somebody else begins to pay for a walk-in',
  beforehand: 16,
  arrange: async (world) => ({ student: world.student(), payer: world.student(), ticket: '' }),
  async prepare({ desk }, subject) {
    const { person } = await desk.call('POST /api/onsite/walk-ins', {
      body: {
        nonce: nonce(),
        room: ROOM,
        studentId: subject.student.id,
        evidence: 'id_card',
        payment: 'by_phone',
      },
    });
    const id = person?.bookingId ?? '';
    subject.ticket = (await desk.call('GET /api/onsite/bookings/:id/pay-code', { params: { id } })).ticket;
  },
  scope: ({ ticket }) => `POST /api/me/pay-tickets/${ticket}/pay`,
  act: beginToPay,
  async goOn(world, subject) {
    const { payer, ticket } = subject;
    const { payment } = await beginToPay(world, subject);
    if (!payment) throw new Error('nothing to pay with');
    expect((await beginToPay(world, subject)).payment?.package).toBe(payment.package);
    await world.stack.sandbox.cashier({ ...payment, openid: payer.openid, outcome: 'pay' });
    const check = () =>
      payer.api.call('POST /api/me/pay-tickets/:ticket/payment-check', { params: { ticket } });
    expect(await check()).toMatchObject({ state: 'paid' });
  },
};

/** Stands at the desk and is on no roster. */
interface Stranger {
  studentNo: string;
}

let strangers = 0;

const stranger: UseCase<Stranger> = {
  name: 'somebody put on the roster at the desk',
  async arrange() {
    strangers += 1;
    return { studentNo: `20199902${String(strangers).padStart(2, '0')}` };
  },
  scope: () => 'POST /api/onsite/students',
  act: ({ desk }, { studentNo }) =>
    desk.call('POST /api/onsite/students', {
      body: {
        name: '欧阳明月',
        studentNo,
        documentNumber: '',
        college: '农学院',
        major: '农学',
        className: '农学1901',
        training: 'undergraduate',
      },
    }),
  async goOn(world, subject) {
    await stranger.act(world, subject);
    await stranger.act(world, subject);
    const { people } = await world.desk.call('POST /api/onsite/search', { body: { q: subject.studentNo } });
    expect(people).toMatchObject([{ name: '欧阳明月', bookingId: null }]);
    const verdict = await world.desk.call('POST /api/onsite/walk-ins', {
      body: {
        nonce: nonce(),
        room: ROOM,
        studentId: people[0]?.studentId ?? '',
        evidence: 'id_card',
        payment: 'owed',
      },
    });
    expect(verdict).toMatchObject({ admitted: true, arrival: { shotNumber: expect.any(Number) } });
  },
};

export const DESK_CASES = [skipped, renumbered, reshot, paidByAnother, stranger] as UseCase[];
