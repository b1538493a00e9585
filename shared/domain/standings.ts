/** What the office asks of its students; each is a filter with a count. */
export const STANDINGS = [
  'unverified',
  'unconfirmed',
  'unbooked',
  'unpaid',
  'owed',
  'booked',
  'arrived',
  'shot',
  'not_collected',
  'unmatched',
  'correction',
  'removed',
] as const;
export type StandingKey = (typeof STANDINGS)[number];

export const STANDING_NAMES: Readonly<Record<StandingKey, string>> = {
  unverified: '未认证',
  unconfirmed: '未确认',
  unbooked: '未预约',
  unpaid: '未付款',
  owed: '待缴',
  booked: '未拍',
  arrived: '签到未拍',
  shot: '已拍',
  not_collected: '未采集已退款',
  unmatched: '没有时段',
  correction: '申请更正',
  removed: '已移出名单',
};
