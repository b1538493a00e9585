import type { StudentRow } from '../../../shared/contract/office';
import type { StandingKey } from '../../../shared/domain/standings';
import type { Tone } from '../parts/pill';

export const STANDING_HINTS: Readonly<Record<StandingKey, string>> = {
  unverified: '还没有微信账号认领',
  unconfirmed: '认证了，还没有确认学籍信息',
  unbooked: '没有占位也没有预约',
  unpaid: '占了位或现场预约了，还没有付款',
  owed: '现场先拍后缴的',
  booked: '预约好了，还没有到现场',
  arrived: '签到了，还没有拍摄记录',
  shot: '已经拍摄',
  not_collected: '采集结束时没有拍，已统一退款',
  unmatched: '专业在时间安排表里找不到',
  correction: '学生申请更正学籍信息，等待处理',
  removed: '名单里已经没有，却还有预约',
};

type Booking = NonNullable<StudentRow['booking']>;

/** One or two words for where a booking stands; the most urgent fact wins. */
export function bookingPill(booking: Pick<Booking, 'place' | 'payment' | 'attendance'> | null): {
  tone: Tone;
  text: string;
} {
  if (!booking) return { tone: 'calm', text: '未预约' };
  switch (booking.place) {
    case 'held':
      return { tone: 'warn', text: '占位待付' };
    case 'released':
      return { tone: 'calm', text: '占位已释放' };
    case 'cancelled':
      return { tone: 'calm', text: '已取消' };
    case 'no_show':
      return { tone: 'calm', text: '未采集' };
    case 'booked':
      return ofBooked(booking);
  }
}

function ofBooked({ payment, attendance }: Pick<Booking, 'payment' | 'attendance'>): {
  tone: Tone;
  text: string;
} {
  const isDue = payment === 'owed' || payment === 'unpaid';
  if (attendance === 'shot')
    return isDue ? { tone: 'warn', text: '已拍待缴' } : { tone: 'good', text: '已拍' };
  if (attendance === 'arrived') return { tone: 'brand', text: isDue ? '已签到待缴' : '已签到' };
  return isDue ? { tone: 'warn', text: '待付款' } : { tone: 'brand', text: '已预约' };
}

export const PAYMENT_NAMES = { unpaid: '未付', paid: '已付', waived: '免缴', owed: '待缴' } as const;

export const ORDER_STATUS = {
  to_pay: '待付款',
  confirming: '确认中',
  paid: '已付款',
  closed: '已关闭',
  in_review: '存疑待查',
} as const;

export const REFUND_STATUS = { on_its_way: '退款中', arrived: '已到账', needs_attention: '需处理' } as const;

export const VERIFICATION_PILLS: Readonly<Record<StudentRow['verification'], { tone: Tone; text: string }>> =
  {
    none: { tone: 'calm', text: '未认证' },
    verified: { tone: 'good', text: '已认证' },
    unverified: { tone: 'warn', text: '未核验' },
  };

export const FIELD_NAMES = {
  name: '姓名',
  documentNumber: '证件号码',
  studentNo: '学号',
  college: '学院',
  major: '专业',
  className: '班级',
  training: '层次',
  graduationType: '毕业类型',
} as const;
