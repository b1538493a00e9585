import { explain } from '../../../server/console/pages/students/explain';
import type { StudentFile } from '../../../shared/contract/office';

type Booking = StudentFile['bookings'][number];
type Order = Booking['orders'][number];

const SESSION: NonNullable<StudentFile['session']> = {
  id: '637800000000000000000001',
  building: '逸夫楼',
  room: 'C区203',
  day: '2022-11-19',
  startsAt: '2022-11-19T05:10:00.000Z',
  endsAt: '2022-11-19T05:55:00.000Z',
  lineUpAt: '2022-11-19T04:55:00.000Z',
  title: '水利水电工程',
  majors: ['水利水电工程'],
  remark: '',
  headcount: 60,
  capacity: 60,
  isMakeUp: false,
};

const STUDENT: StudentFile['student'] = {
  id: '637800000000000000000002',
  campaignId: '637800000000000000000003',
  name: '普敏佳',
  documentMasked: null,
  studentNo: '2019039101',
  college: '水利学院',
  major: '水利水电工程',
  className: '水利水电工程1901',
  training: 'undergraduate',
  graduationType: 'regular',
  confirmedAt: '2022-11-15T01:00:00.000Z',
  correction: null,
  collectionCodeAt: null,
  cannotComeSince: null,
  version: 1,
  sessionId: SESSION.id,
  unmatchedBecause: null,
  placedByOffice: false,
  binding: { level: 'verified', at: '2022-11-15T01:00:00.000Z' },
  request: null,
  removedAt: null,
};

const BOOKING: Booking = {
  id: '637800000000000000000004',
  channel: 'online',
  place: 'booked',
  payment: 'paid',
  attendance: 'expected',
  session: SESSION,
  seatNo: 13,
  holdExpiresAt: null,
  amountFen: 3000,
  feeItems: [],
  seeOriginalId: false,
  arrival: null,
  shotAt: null,
  order: null,
  changeableUntil: '2022-11-18T16:00:00.000Z',
  cancellableUntil: '2022-11-18T16:00:00.000Z',
  moved: null,
  version: 1,
  orders: [],
  waiverAskedBy: null,
};

const REFUND: Order['refunds'][number] = {
  refundNo: 'R1',
  amountFen: 3000,
  reason: '取消预约',
  status: 'on_its_way',
  requestedAt: '2022-11-15T01:00:00.000Z',
  dueDay: '2022-11-18',
  arrivedAt: null,
};

const fileOf = (
  student: Partial<StudentFile['student']>,
  booking?: Partial<Booking>,
  more: Partial<StudentFile> = {},
): StudentFile => ({
  student: { ...STUDENT, ...student },
  session: SESSION,
  identities: [],
  bookings: booking ? [{ ...BOOKING, ...booking }] : [],
  lines: [],
  names: {},
  ...more,
});

const refunded = (refund: Partial<typeof REFUND>): Partial<Booking> => ({
  place: 'cancelled',
  orders: [
    {
      orderNo: 'N1',
      status: 'paid',
      amountFen: 3000,
      feeItems: [],
      createdAt: '2022-11-15T01:00:00.000Z',
      paidAt: '2022-11-15T01:00:00.000Z',
      refunds: [{ ...REFUND, ...refund }],
      leftFen: 0,
      leftItems: [],
      proposal: null,
    },
  ],
});

it.each<[string, StudentFile, RegExp, RegExp]>([
  ['has not signed in', fileOf({ binding: null }), /没有用微信登录/, /第一次登录/],
  ['has to confirm', fileOf({ confirmedAt: null }), /没有确认学籍/, /核对并确认/],
  ['has not booked', fileOf({}), /没有预约/, /11月19日 周六 13:10–13:55 C区203/],
  ['has no session', fileOf({}, undefined, { session: null }), /没有对应的时段/, /待办/],
  [
    'holds a place',
    fileOf({}, { place: 'held', payment: 'unpaid', holdExpiresAt: '2022-11-15T01:15:00.000Z' }),
    /30\.00 元还没有付/,
    /09:15 前付款/,
  ],
  ['has booked', fileOf({}, {}), /已预约 11月19日.*30\.00 元已付/, /12:55 列队.*11月18日 周五 24:00 前自己/],
  ['may not change any more', fileOf({}, { changeableUntil: null }), /已预约/, /时间已过/],
  [
    'has arrived and owes',
    fileOf(
      {},
      {
        attendance: 'arrived',
        payment: 'owed',
        arrival: { at: '2022-11-19T05:00:00.000Z', room: 'C区203', shotNumber: 27 },
      },
    ),
    /C区203 签到，拍摄序号 27。还欠 30\.00 元/,
    /叫号/,
  ],
  [
    'was photographed',
    fileOf({}, { attendance: 'shot', shotAt: '2022-11-19T05:20:00.000Z' }),
    /13:20 已经拍摄/,
    /40 天/,
  ],
  ['waits for money', fileOf({}, refunded({})), /30\.00 元正在退回，2022-11-18 前到账/, /本班时段/],
  [
    'has the money back',
    fileOf({}, refunded({ arrivedAt: '2022-11-16T02:00:00.000Z', status: 'arrived' })),
    /2022-11-16 已退到付款账户/,
    /本班时段/,
  ],
  ['did not come', fileOf({}, { ...refunded({}), place: 'no_show' }), /没有拍摄记录.*正在退回/, /补拍/],
  ['left the roster', fileOf({ removedAt: '2022-11-16T02:00:00.000Z' }), /已经没有这名学生/, /学院/],
])('a caller who %s is told where it stands and what to do', (_, file, state, next) => {
  const told = explain(file);
  expect(told.state).toMatch(state);
  expect(told.next).toMatch(next);
});
