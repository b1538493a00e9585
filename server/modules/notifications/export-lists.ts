import { MESSAGE_NAMES, MESSAGE_STATE_NAMES, WHY_NOT_SENT_WORDS } from '../../../shared/domain/message-words';
import type { UserActor } from '../../http/actor';
import type { Row, Sheet } from '../../platform/tables/workbook';
import { type PhotoList, photoChecks } from '../bookings/photo-checks';
import { listMessages, type MessageFilter } from './list-messages';

const PAGE = 500;

/** The campaign's messages as a workbook, newest first, read page by page while it is written. */
export const messagesSheet = (
  reader: UserActor,
  title: readonly string[],
  campaignId: string,
  filter: MessageFilter,
): Sheet => ({
  name: '订阅消息',
  title,
  columns: [
    { title: '学号', width: 16 },
    { title: '姓名' },
    { title: '消息', width: 18 },
    { title: '情况', width: 14 },
    { title: '没有发出的原因', width: 32 },
    { title: '发出时间', kind: 'instant', width: 20 },
    { title: '最早发送', kind: 'instant', width: 20 },
    { title: '内容', width: 60 },
  ],
  rows: messageRows(reader, campaignId, filter),
  frozenColumns: 2,
});

async function* messageRows(
  reader: UserActor,
  campaignId: string,
  filter: MessageFilter,
): AsyncIterable<Row> {
  let after: string | undefined;
  for (;;) {
    const { messages, next } = await listMessages(reader, campaignId, { ...filter, after, limit: PAGE });
    for (const { student, kind, state, whyNot, waitsForAccept, sentAt, dueAt, fields } of messages) {
      yield [
        student?.studentNo ?? '',
        student?.name ?? '还不在名单上',
        MESSAGE_NAMES[kind],
        MESSAGE_STATE_NAMES[state],
        whyNot ? WHY_NOT_SENT_WORDS[whyNot] : waitsForAccept ? '等学生同意接收' : '',
        sentAt ? new Date(sentAt) : null,
        waitsForAccept ? null : new Date(dueAt),
        Object.values(fields ?? {}).join(' · '),
      ];
    }
    if (next === null) return;
    after = next;
  }
}

/** One list of photo checks as a workbook, to telephone along. */
export const photoChecksSheet = (
  title: readonly string[],
  asked: { reader: UserActor; campaignId: string; show: PhotoList; now: Date },
): Sheet => ({
  name: '照片核对',
  title,
  columns: [
    { title: '学号', width: 16 },
    { title: '姓名' },
    { title: '学院', width: 22 },
    { title: '班级', width: 22 },
    { title: '拍摄时间', kind: 'instant', width: 20 },
    { title: '核对时间', kind: 'instant', width: 20 },
    { title: '学生写的', width: 40 },
    { title: '处理', width: 40 },
    { title: '处理人' },
  ],
  rows: photoRows(asked),
  frozenColumns: 2,
});

async function* photoRows(asked: Parameters<typeof photoChecksSheet>[1]): AsyncIterable<Row> {
  let after: string | undefined;
  for (;;) {
    const { lines, next } = await photoChecks({ ...asked, after, limit: PAGE });
    for (const { studentNo, name, college, className, shotAt, checkedAt, note, handled } of lines) {
      yield [
        studentNo,
        name,
        college,
        className,
        new Date(shotAt),
        checkedAt ? new Date(checkedAt) : null,
        note ?? '',
        handled?.note ?? '',
        handled?.by ?? '',
      ];
    }
    if (next === null) return;
    after = next;
  }
}
