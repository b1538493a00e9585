import type { AnswerOf } from '../../api/send';

export type Opened = AnswerOf<'POST /api/console/campaigns/:id/imports'>;
export type Kind = Opened['import']['kind'];
export type Layout = Opened['sheet']['layout'];
/** What the dry run came to: what is committed is exactly this. */
export type Checked = AnswerOf<'POST /api/console/imports/:id/preview'>;

export const NOUNS: Readonly<Record<Kind, string>> = { timetable: '时间安排表', roster: '学生名单' };
