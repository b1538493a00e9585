import { DEMO_CAMPAIGN } from '../../../server/demo/notice-2023';
import { contract } from '../../../shared/contract';
import type { Verdict } from '../../../shared/contract/onsite';
import { maskName } from '../../../shared/domain/person-name';
import { sealSnapshot } from '../../../shared/domain/sealed-snapshot';
import { type ScanReason, verdictWords } from '../../../shared/domain/verdicts';
import type { Handlers } from '.';
import { Refuse } from '.';
import { arrived, held, paid, shot } from './bookings';
import { CAMPAIGN_ID, SESSIONS } from './campaign';
import { BOOKING_ID, ENROLMENT } from './people';
import { OWN_SESSION } from './state';

const NOW = '2022-11-19T01:05:00.000Z';

const DEVICE = {
  id: 'd00000000000000000000001',
  label: 'C区202 签到一',
  campaignId: CAMPAIGN_ID,
  rooms: ['C区202', 'C区203'],
  enrolledAt: NOW,
  codeExpiresAt: null,
  lastSeenAt: NOW,
  revokedAt: null,
  upload: 'uploaded' as const,
  pending: 0,
  reportedAt: NOW,
};

const PERSON = {
  bookingId: BOOKING_ID,
  studentId: ENROLMENT.id,
  name: ENROLMENT.name,
  documentMasked: ENROLMENT.documentMasked,
  studentNo: ENROLMENT.studentNo,
  college: ENROLMENT.college,
  major: ENROLMENT.major,
  className: ENROLMENT.className,
  training: ENROLMENT.training,
  graduationType: ENROLMENT.graduationType,
  version: ENROLMENT.version,
};

const ARRIVED_BEFORE = { at: NOW, room: 'C区203', shotNumber: 57, device: '二号机' };

/** The words of shared/domain for a reason, about the one student there is. */
export function verdictOf(reason: ScanReason): Verdict {
  const { tone, title, say } = verdictWords(reason, {
    session: { day: '11月19日', room: 'C区202', startsAt: '9:10', endsAt: '9:30' },
    lineUpAt: '08:55',
    arrival: { time: '9:05', room: 'C区203' },
  });
  const isKnown = !['unknown', 'forged', 'collection_code', 'payment_code', 'other_code'].includes(reason);
  const isAdmitted = reason === 'ok';
  // Came before, to the room next door.
  const before = reason === 'already_arrived' ? ARRIVED_BEFORE : null;
  return {
    reason,
    tone,
    title,
    say,
    admitted: isAdmitted,
    person: isKnown ? PERSON : null,
    session: isKnown
      ? { room: 'C区202', day: '2022-11-19', startsAt: OWN_SESSION.startsAt, endsAt: OWN_SESSION.endsAt }
      : null,
    arrival: isAdmitted ? { at: NOW, room: 'C区202', shotNumber: 128, device: DEVICE.label } : before,
    bookingVersion: isKnown ? 2 : null,
    candidates: [],
  };
}

export const STAFF_TOKEN = 'staff-token';
const TICKET = 'Tb4nQ8yXw2Lk7Rf3Vh9Zc5Gm1Ps6Jd0A';

/** Sealed for this phone's token: the one student, under whose number the phone finds them without network. */
const SEALED = sealSnapshot(
  {
    campaignId: CAMPAIGN_ID,
    takenAt: new Date(NOW),
    expiresAt: new Date('2022-11-19T13:05:00.000Z'),
    publicKeys: {},
    collectionDays: ['2022-11-19'],
    collectionClosed: false,
    lineUpLeadMinutes: 15,
    sessions: [
      {
        day: '2022-11-19',
        room: 'C区202',
        startsAt: new Date(OWN_SESSION.startsAt),
        endsAt: new Date(OWN_SESSION.endsAt),
      },
    ],
    bookings: [
      {
        bookingId: BOOKING_ID,
        studentNo: ENROLMENT.studentNo,
        name: maskName(ENROLMENT.name),
        className: ENROLMENT.className,
        session: 0,
        place: 'booked',
        payment: 'paid',
        attendance: 'expected',
        seeOriginal: false,
        refunded: false,
        arrival: null,
      },
    ],
  },
  STAFF_TOKEN,
  new Uint8Array(24).fill(7),
);

/** The text of a 采集码 means nothing to us; this is not one. */
export const COLLECTION_CODE = 'CJM:9f3c1e77b2d84f6f:2023:demo';

const FAILED: readonly [ScanReason, string | null, string][] = [
  ['wrong_room', '王**', '04'],
  ['payment_code', null, '02'],
];

/** The staff's side. What is scanned names its own verdict: "late_same_day" is judged late. */
export const staffHandlers: Handlers = {
  'POST /api/staff/enrol': ({ body }) => {
    if (body.code !== 'DEMO2022') throw new Refuse('DEVICE_CODE_INVALID');
    return { token: STAFF_TOKEN, expiresAt: NOW, device: DEVICE };
  },
  'GET /api/staff/me': () => ({
    ...DEVICE,
    campaignName: '2023 届本科毕业生图像采集',
    days: ['2022-11-19'],
    now: NOW,
  }),
  'POST /api/onsite/redeem': ({ body }) => {
    const by = Object(body.by);
    if (by.kind !== 'code') return verdictOf('ok');
    if (body.admitAnyway === true) return verdictOf('ok');
    return verdictOf(reasonIn(String(by.text)));
  },
  'GET /api/onsite/snapshot': ({ fake }) => ({
    now: NOW,
    takenAt: NOW,
    expiresAt: '2022-11-19T13:05:00.000Z',
    bookings: 1,
    sealed: fake.sealedList ?? SEALED,
  }),
  'POST /api/onsite/offline-scans': ({ body }) => {
    const sent = contract['POST /api/onsite/offline-scans'].body.safeParse(body);
    if (!sent.success) throw new Refuse('BAD_REQUEST');
    const results = sent.data.scans.map(({ nonce, kind }) =>
      kind === 'set_aside'
        ? {
            nonce,
            outcome: 'refused' as const,
            reason: 'unknown' as const,
            bookingId: null,
            shotNumber: null,
          }
        : {
            nonce,
            outcome: 'recorded' as const,
            reason: 'ok' as const,
            bookingId: BOOKING_ID,
            shotNumber: 129,
          },
    );
    return { now: NOW, results };
  },
  'POST /api/onsite/search': ({ body }) => ({
    people: '李青禾 2019310412'.includes(String(body.q)) ? [PERSON] : [],
    more: false,
  }),
  'POST /api/onsite/bookings/:id/undo': ({ fake }) => {
    if (!fake.state.booking) throw new Refuse('NOT_FOUND');
    return fake.state.booking;
  },
  'POST /api/onsite/bookings/:id/shot': ({ fake }) => {
    if (!fake.state.booking) throw new Refuse('NOT_FOUND');
    const at = new Date(NOW);
    return shot(arrived(fake.state.booking, at), at);
  },
  'POST /api/onsite/bookings/:id/renumber': ({ params, body }) => {
    const at = new Date(NOW);
    const booking = arrived(paid(held(at, OWN_SESSION), at), at);
    const shotNumber = Number(body.shotNumber) + 4;
    return {
      ...booking,
      id: params.id ?? '',
      arrival: booking.arrival && { ...booking.arrival, room: String(body.room), shotNumber },
    };
  },
  'GET /api/onsite/queue': ({ query }) => ({
    room: query.room ?? '',
    day: '2022-11-19',
    waiting: ['李青禾', '王雨桐', '买买提·艾力', '赵一鸣'].map((name, index) => ({
      bookingId: `b0000000000000000000000${index + 1}`,
      shotNumber: 128 + index,
      name,
      className: '计科 2019-2 班',
      arrivedAt: NOW,
      seeOriginalId: index === 1,
      payment: index === 2 ? 'owed' : 'paid',
      hasCollectionCode: index === 0,
    })),
    lastShot: [{ bookingId: 'b00000000000000000000009', shotNumber: 127, name: '陈思远', shotAt: NOW }],
  }),
  'GET /api/onsite/bookings/:id/collection-code': () => ({ text: COLLECTION_CODE }),
  'GET /api/onsite/failed-scans': () => ({
    scans: FAILED.map(([reason, name, time], index) => {
      const { title, tone } = verdictWords(reason);
      const at = `2022-11-19T01:${time}:00.000Z`;
      return { id: String(index), at, device: DEVICE.label, title, tone, name };
    }),
  }),
  'POST /api/onsite/walk-ins': ({ body }) => verdictOf(body.payment === 'by_phone' ? 'unpaid' : 'ok'),
  'GET /api/onsite/bookings/:id': ({ fake }) => {
    if (!fake.state.booking) throw new Refuse('NOT_FOUND');
    return fake.state.booking;
  },
  'GET /api/onsite/bookings/:id/pay-code': () => ({
    ticket: TICKET,
    page: 'pages/pay-for/index',
    image: 'data:image/png;base64,iVBORw0KGgo=',
    amountFen: 3000,
  }),
  'GET /api/me/pay-tickets/:ticket': ({ fake }) => ({
    name: maskName(ENROLMENT.name),
    className: ENROLMENT.className,
    campaignName: '2023 届本科毕业生图像采集',
    feeItems: DEMO_CAMPAIGN.feeItems,
    amountFen: 3000,
    state: fake.hasPaid ? 'paid' : 'to_pay',
  }),
  'POST /api/onsite/students': ({ body }) => ({
    ...PERSON,
    bookingId: null,
    name: String(body.name),
    studentNo: String(body.studentNo),
  }),
  'POST /api/onsite/students/:id/correct': ({ body }) => ({
    version: PERSON.version + 1,
    person: { ...PERSON, [String(body.field)]: body.value, version: PERSON.version + 1 },
  }),
  'GET /api/onsite/board': () => ({
    day: '2022-11-19',
    rows: SESSIONS.slice(0, 6).map(({ id, title, room, day, startsAt, endsAt, headcount }, index) => ({
      sessionId: id,
      title,
      room,
      day,
      startsAt,
      endsAt,
      expected: headcount,
      arrived: index === 0 ? 121 : index === 1 ? 40 : 0,
      shot: index === 0 ? 119 : index === 1 ? 31 : 0,
    })),
    rooms: [
      {
        room: 'C区202',
        dueByNow: 156,
        secondsAShot: 21,
        endsAt: '2022-11-19T09:05:00.000Z',
        plannedEndsAt: '2022-11-19T08:30:00.000Z',
      },
    ],
  }),
};

function reasonIn(text: string): ScanReason {
  const known: readonly ScanReason[] = [
    'early',
    'late_same_day',
    'wrong_room',
    'wrong_day',
    'unpaid',
    'see_original',
    'already_arrived',
    'cancelled',
    'forged',
    'other_code',
  ];
  return known.find((reason) => reason === text) ?? 'ok';
}
