import type { StudentFile } from '../../../../shared/contract/office';
import { clock, dayName, stamp, until, yuan } from '../../words/format';

/** What one tells a caller: where it stands, and what to do next. */
export interface Explanation {
  state: string;
  next: string;
}

type Booking = StudentFile['bookings'][number];

/** The student's standing in sentences that can be read out on the phone. */
export function explain(file: StudentFile): Explanation {
  const { student, session, bookings } = file;
  const [booking] = bookings;
  if (booking?.place === 'booked' || booking?.place === 'held') return ofPlace(booking);
  if (student.removedAt) {
    return { state: '学生名单里已经没有这名学生。', next: '请联系学院核对学籍，由教务处重新导入名单。' };
  }
  if (!student.binding) return unclaimed(file);
  if (!student.confirmedAt) {
    return student.request?.status === 'open'
      ? {
          state: '已认证，申请了更正学籍信息，正在等待处理。',
          next: '处理后学生再确认学籍信息，就可以预约。',
        }
      : { state: '已认证，还没有确认学籍信息。', next: '请打开小程序核对并确认；有误的在那里申请更正。' };
  }
  if (booking?.place === 'no_show') {
    return {
      state: `采集结束时没有拍摄记录，预约已取消。${refundWords(booking)}`,
      next: '请按补拍信息补拍。',
    };
  }
  const past = booking
    ? `${booking.place === 'released' ? '占位没有付款，已经释放。' : '预约已取消。'}${refundWords(booking)}`
    : '';
  return session
    ? { state: `${past}现在没有预约。`, next: `本班时段是 ${when(session)}，在小程序里预约并付款。` }
    : { state: `${past}专业没有对应的时段，约不了。`, next: '请教务处在“待办”里给他安排时段。' };
}

function unclaimed({ identities }: StudentFile): Explanation {
  const stuck = identities.find(
    ({ status, attempts, attemptsLeft }) =>
      status !== 'verified' && attempts.length > 0 && attemptsLeft === 0,
  );
  if (stuck) {
    return {
      state: '还没有认证通过，今天的核验次数用完了。',
      next: '核对预留手机号和银行卡后可以恢复次数；也可以先预约，采集时看身份证原件。',
    };
  }
  if (identities.some(({ status }) => status === 'manual_review')) {
    return { state: '证件正在等待教务处人工审核。', next: '审核后学生会在小程序里看到结果。' };
  }
  return { state: '还没有用微信登录认领。', next: '请打开小程序，点“第一次登录”，按提示认证。' };
}

function ofPlace(booking: Booking): Explanation {
  const { place, attendance, session, payment, amountFen, holdExpiresAt, changeableUntil } = booking;
  const where = session ? when(session) : '没有固定时段';
  if (place === 'held') {
    return {
      state: `占了 ${where} 的名额，${yuan(amountFen)} 元还没有付。`,
      next: holdExpiresAt
        ? `请在 ${stamp(holdExpiresAt).slice(11)} 前付款，过时名额释放，可以重新预约。`
        : '请尽快付款。',
    };
  }
  const owes = payment === 'owed' || payment === 'unpaid' ? `还欠 ${yuan(amountFen)} 元。` : '';
  if (attendance === 'shot') {
    return {
      state: `${stamp(booking.shotAt)} 已经拍摄。${owes}${refundWords(booking)}`,
      next: '拍摄满 40 天后到学信网核对照片，在小程序里记下结果。',
    };
  }
  if (attendance === 'arrived' && booking.arrival) {
    return {
      state: `已在 ${booking.arrival.room} 签到，拍摄序号 ${booking.arrival.shotNumber}。${owes}`,
      next: '在教室外等叫号，过号的找现场工作人员。',
    };
  }
  const change = changeableUntil
    ? `要改时段或取消，${until(changeableUntil)} 前自己在小程序里办。`
    : '自己改时段和取消的时间已过，来不了的会统一退款。';
  return {
    state: `已预约 ${where}。${owes || `${yuan(amountFen)} 元已付。`}${refundWords(booking)}`,
    next: `带身份证原件，${session ? `${clock(session.lineUpAt)} 列队` : '当天到现场'}，出示预约二维码。${change}`,
  };
}

const when = ({ day, startsAt, endsAt, room }: NonNullable<StudentFile['session']>): string =>
  `${dayName(day)} ${clock(startsAt)}–${clock(endsAt)} ${room}`;

/** The money that goes back, with the day that was promised. */
function refundWords({ orders }: Booking): string {
  const refunds = orders.flatMap((order) => order.refunds);
  return refunds
    .map(({ amountFen, status, arrivedAt, dueDay }) => {
      if (arrivedAt) return `${yuan(amountFen)} 元 ${stamp(arrivedAt).slice(0, 10)} 已退到付款账户。`;
      return status === 'needs_attention'
        ? `${yuan(amountFen)} 元退款遇到问题，财务正在处理。`
        : `${yuan(amountFen)} 元正在退回，${dueDay} 前到账。`;
    })
    .join('');
}
