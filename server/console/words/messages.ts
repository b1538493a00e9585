import type { MessageView } from '../../../shared/contract/notifications';
import type { MessageKind } from '../../../shared/domain/messages';
import type { Tone } from '../parts/pill';

export const MESSAGE_NAMES: Readonly<Record<MessageKind, string>> = {
  opening: '开放预约提醒',
  booked: '预约成功',
  day_before: '采集前一天提醒',
  moved: '时间或教室调整',
  refunded: '退款通知',
  photo_check: '照片核对提醒',
};

export const MESSAGE_STATE_PILLS: Readonly<Record<MessageView['state'], { tone: Tone; text: string }>> = {
  queued: { tone: 'calm', text: '待发送' },
  sending: { tone: 'brand', text: '发送中' },
  sent: { tone: 'good', text: '已送达微信' },
  not_sent: { tone: 'warn', text: '没有发出' },
};

export const WHY_NOT_SENT_WORDS: Readonly<Record<NonNullable<MessageView['whyNot']>, string>> = {
  no_accept: '学生没有同意接收',
  refused: '学生关闭了接收',
  template: '消息模板有问题，请联系运维',
  not_applicable: '发送前情况已变，不再需要',
  expired: '过了时效，不再发送',
  in_doubt: '微信没有答复，为免重复没有再发',
};
