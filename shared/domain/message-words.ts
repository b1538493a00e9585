import type { MESSAGE_STATES, WHY_NOT_SENT } from '../contract/notifications';
import type { MessageKind } from './messages';

/** What the office calls the messages, on screen and in workbooks. */
export const MESSAGE_NAMES: Readonly<Record<MessageKind, string>> = {
  opening: '开放预约提醒',
  booked: '预约成功',
  day_before: '采集前一天提醒',
  moved: '时间或教室调整',
  refunded: '退款通知',
  photo_check: '照片核对提醒',
  announcement: '学校通知',
};

export const MESSAGE_STATE_NAMES: Readonly<Record<(typeof MESSAGE_STATES)[number], string>> = {
  queued: '待发送',
  sending: '发送中',
  sent: '已送达微信',
  not_sent: '没有发出',
};

export const WHY_NOT_SENT_WORDS: Readonly<Record<(typeof WHY_NOT_SENT)[number], string>> = {
  no_accept: '学生没有同意接收',
  refused: '学生关闭了接收',
  template: '消息模板有问题，请联系运维',
  not_applicable: '发送前情况已变，不再需要',
  expired: '过了时效，不再发送',
  in_doubt: '微信没有答复，为免重复没有再发',
};
