import { type ApiClient, ApiError, createApiClient } from '../../../../server/demo/api-client';
import { phase } from '../../../../server/demo/seed';
import { eventually } from '../../stack';
import type { UseCase } from '../crash-everywhere';
import { type CrashWorld, enrolDesk, ROOM, type Student } from '../world';
import { type Booker, bookedBooking, booking, nonce } from './steps';

export interface Comer extends Booker {
  /** Of each of the day's steps: the phone asks again with the same one. */
  nonces: { scan: string; shot: string; undo: string };
  code: string;
}

export async function comer(world: CrashWorld): Promise<Comer> {
  const booker = await bookedBooking(world);
  const { fixed } = await booker.student.api.call('GET /api/me/bookings/:id/code', {
    params: { id: booker.bookingId },
  });
  return { ...booker, code: fixed, nonces: { scan: nonce(), shot: nonce(), undo: nonce() } };
}

export const scan = ({ desk }: CrashWorld, { code, nonces }: Pick<Comer, 'code' | 'nonces'>) =>
  desk.call('POST /api/onsite/redeem', {
    body: {
      nonce: nonces.scan,
      room: ROOM,
      scannedAt: phase('day').toISOString(),
      by: { kind: 'code', text: code },
    },
  });

export const shoot = ({ desk }: CrashWorld, { bookingId, nonces }: Comer) =>
  desk.call('POST /api/onsite/bookings/:id/shot', {
    params: { id: bookingId },
    body: { nonce: nonces.shot },
  });

const undo = ({ desk }: CrashWorld, { bookingId, nonces }: Comer, step: 'arrival' | 'shot') =>
  desk.call('POST /api/onsite/bookings/:id/undo', {
    params: { id: bookingId },
    body: { nonce: nonces.undo, step },
  });

const redeem: UseCase<Comer> = {
  name: 'scan',
  beforehand: 5,
  arrange: comer,
  scope: () => 'POST /api/onsite/redeem',
  act: scan,
  async goOn(world, subject) {
    const verdict = await scan(world, subject);
    expect(verdict).toMatchObject({ admitted: true, tone: 'green' });
    expect(await scan(world, subject)).toEqual(verdict);
    await shoot(world, subject);
  },
};

const refusedScan: UseCase<Comer> = {
  name: 'scan of a forged code',
  beforehand: 5,
  arrange: async (world) => {
    const subject = await comer(world);
    return { ...subject, code: `${subject.code.slice(0, -6)}AAAAAA` };
  },
  scope: () => 'POST /api/onsite/redeem',
  act: scan,
  async goOn(world, subject) {
    expect(await scan(world, subject)).toMatchObject({ admitted: false, tone: 'red' });
  },
};

const shot: UseCase<Comer> = {
  name: 'shot',
  beforehand: 5,
  arrange: comer,
  scope: ({ bookingId }) => `POST /api/onsite/bookings/${bookingId}/shot`,
  async act(world, subject) {
    await scan(world, subject);
    await shoot(world, subject);
  },
  async goOn(world, subject) {
    expect(await shoot(world, subject)).toMatchObject({ attendance: 'shot' });
  },
};

const undoShot: UseCase<Comer> = {
  name: 'undo a shot',
  beforehand: 5,
  arrange: comer,
  scope: ({ bookingId }) => `POST /api/onsite/bookings/${bookingId}/undo`,
  async act(world, subject) {
    await scan(world, subject);
    await shoot(world, subject);
    await undo(world, subject, 'shot');
  },
  async goOn(world, subject) {
    expect(await undo(world, subject, 'shot')).toMatchObject({ attendance: 'arrived' });
    expect((await booking(subject)).shotAt).toBeNull();
  },
};

const undoArrival: UseCase<Comer> = {
  name: 'undo an arrival',
  beforehand: 5,
  arrange: comer,
  scope: undoShot.scope,
  async act(world, subject) {
    await scan(world, subject);
    await undo(world, subject, 'arrival');
  },
  async goOn(world, subject) {
    expect(await undo(world, subject, 'arrival')).toMatchObject({ attendance: 'expected' });
    const again = { ...subject, nonces: { ...subject.nonces, scan: nonce() } };
    expect(await scan(world, again)).toMatchObject({ admitted: true });
  },
};

interface WalkIn {
  student: Student;
  nonce: string;
}

const walkIn: UseCase<WalkIn> = {
  name: 'walk-in that owes',
  beforehand: 5,
  arrange: async (world) => ({ student: world.student(), nonce: nonce() }),
  scope: () => 'POST /api/onsite/walk-ins',
  act: ({ desk }, { student, nonce }) =>
    desk.call('POST /api/onsite/walk-ins', {
      body: { nonce, room: ROOM, studentId: student.id, evidence: 'id_card', payment: 'owed' },
    }),
  async goOn(world, subject) {
    const verdict = await walkIn.act(world, subject);
    expect(verdict).toMatchObject({ admitted: true, arrival: { shotNumber: expect.any(Number) } });
  },
};

/** Scanned offline by two phones; the one that uploads second had scanned first. */
interface TwiceScanned extends Comer {
  scannedAt: string;
}

const uploadTwice = ({ desk }: CrashWorld, { code, nonces, scannedAt }: TwiceScanned) =>
  desk.call('POST /api/onsite/offline-scans', {
    body: {
      sentAt: phase('day').toISOString(),
      pending: 0,
      scans: [
        {
          kind: 'scan',
          nonce: nonces.undo,
          room: ROOM,
          scannedAt,
          text: code,
          originalSeen: true,
          shown: 'ok',
        },
      ],
    },
  });

const earlierElsewhere: UseCase<TwiceScanned> = {
  name: 'offline: another phone had scanned earlier',
  beforehand: 12,
  arrange: async (world) => ({
    ...(await comer(world)),
    scannedAt: new Date(phase('day').getTime() - 600_000).toISOString(),
  }),
  async prepare(world, subject) {
    const other = await enrolDesk(world.victim.url, world.office, world.campaignId);
    await scan({ ...world, desk: other }, subject);
  },
  scope: () => 'POST /api/onsite/offline-scans',
  act: uploadTwice,
  async goOn(world, subject) {
    const { results } = await uploadTwice(world, subject);
    expect(results).toMatchObject([{ outcome: 'conflict', reason: 'already_arrived' }]);
    const { scans } = await world.office.call('GET /api/console/campaigns/:id/offline-scans', {
      params: { id: world.campaignId },
    });
    expect(scans.filter(({ bookingId }) => bookingId === subject.bookingId)).toMatchObject([
      { outcome: 'conflict', counts: true, other: { room: ROOM, device: '一号机' } },
    ]);
  },
};

interface Phone {
  id: string;
  api: ApiClient;
}

const revoke: UseCase<Phone> = {
  name: 'a staff phone is revoked',
  beforehand: 6,
  async arrange({ office, victim, campaignId }) {
    const { device, code } = await office.call('POST /api/console/campaigns/:id/devices', {
      params: { id: campaignId },
      body: { label: '二号机', rooms: [] },
    });
    const api = createApiClient(victim.url);
    api.carryToken((await api.call('POST /api/staff/enrol', { body: { code, label: '二号机' } })).token);
    return { id: device.id, api };
  },
  scope: ({ id }) => `POST /api/console/devices/${id}/revoke`,
  act: ({ office }, { id }) => office.call('POST /api/console/devices/:id/revoke', { params: { id } }),
  async goOn(world, { id, api }) {
    const { devices } = await world.office.call('GET /api/console/campaigns/:id/devices', {
      params: { id: world.campaignId },
    });
    // The office sees it revoked and has nothing more to press; only a phone that is not is revoked again.
    if (devices.find((device) => device.id === id)?.revokedAt === null) await revoke.act(world, { id, api });
    await world.pass(1);
    await eventually('the phone is refused', () =>
      api.call('GET /api/onsite/board', { query: {} }).then(
        () => null,
        (error: unknown) => (error instanceof ApiError && error.status === 401 ? true : null),
      ),
    );
  },
};

const correct: UseCase<Student> = {
  name: 'correction',
  beforehand: 5,
  arrange: async (world) => world.student(),
  scope: ({ id }) => `POST /api/onsite/students/${id}/correct`,
  act: ({ desk }, { id }) =>
    desk.call('POST /api/onsite/students/:id/correct', {
      params: { id },
      body: { version: 1, field: 'className', value: '农学1902', reason: '班级写错' },
    }),
  async goOn(world, student) {
    try {
      await correct.act(world, student);
    } catch (error) {
      if (!(error instanceof ApiError) || error.code !== 'CHANGED_MEANWHILE') throw error;
    }
    const { people } = await world.desk.call('POST /api/onsite/search', { body: { q: student.id } });
    expect(people).toMatchObject([{ className: '农学1902' }]);
  },
};

export const ONSITE_CASES = [
  redeem,
  refusedScan,
  shot,
  undoShot,
  undoArrival,
  walkIn,
  correct,
  earlierElsewhere,
  revoke,
] as UseCase[];
