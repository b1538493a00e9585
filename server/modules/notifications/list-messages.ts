import type { QueryFilter } from 'mongoose';
import type { MessageView } from '../../../shared/contract/notifications';
import type { UserActor } from '../../http/actor';
import { studentByNumber, studentsOfAccounts } from '../roster/find-student';
import { nameFor } from '../roster/name-for';
import { type Message, Messages } from './message-model';

export interface MessageFilter {
  kind?: Message['kind'] | undefined;
  state?: Message['state'] | undefined;
  whyNot?: NonNullable<Message['whyNot']> | undefined;
  studentNo?: string | undefined;
}

/** A page of a campaign's messages, newest first. */
export async function listMessages(
  reader: UserActor,
  campaignId: string,
  { after, limit, ...filter }: MessageFilter & { after?: string | undefined; limit: number },
) {
  const found = await Messages.find({ ...(await matching(campaignId, filter)), ...olderThan(after) })
    .sort({ plannedAt: -1, _id: -1 })
    .limit(limit + 1)
    .lean<Message[]>();
  const page = found.slice(0, limit);
  const students = await studentsOf(reader, campaignId, page);
  const last = found.length > limit ? page.at(-1) : undefined;
  return {
    messages: page.map((message) => present(message, students.get(message.accountId) ?? null)),
    next: last ? `${last.plannedAt.getTime()} ${last._id}` : null,
  };
}

/** How many of each kind are in which state, over the whole campaign. */
export async function countMessages(campaignId: string) {
  const rows = await Messages.aggregate<{
    _id: Pick<Message, 'kind' | 'state'>;
    count: number;
  }>([
    { $match: { campaignId } },
    { $group: { _id: { kind: '$kind', state: '$state' }, count: { $sum: 1 } } },
  ]);
  return rows.map(({ _id, count }) => ({ kind: _id.kind, state: _id.state, count }));
}

async function matching(
  campaignId: string,
  { kind, state, whyNot, studentNo }: MessageFilter,
): Promise<QueryFilter<Message>> {
  const student = studentNo ? await studentByNumber(campaignId, studentNo) : null;
  return {
    campaignId,
    ...(kind ? { kind } : {}),
    ...(state ? { state } : {}),
    ...(whyNot ? { whyNot } : {}),
    // Nobody has the empty account: a number that is not on the roster finds nothing, not everything.
    ...(studentNo ? { accountId: student?.binding?.accountId ?? '' } : {}),
  };
}

function olderThan(after: string | undefined) {
  const [, time = '', id = ''] = /^(\d{1,15}) (.+)$/.exec(after ?? '') ?? [];
  if (!time) return {};
  const plannedAt = new Date(Number(time));
  return { $or: [{ plannedAt: { $lt: plannedAt } }, { plannedAt, _id: { $lt: id } }] };
}

async function studentsOf(reader: UserActor, campaignId: string, messages: readonly Message[]) {
  const accounts = [...new Set(messages.map(({ accountId }) => accountId))];
  const students = await studentsOfAccounts(campaignId, accounts);
  return new Map(
    students.map(({ name, studentNo, binding }) => [
      binding?.accountId ?? '',
      { name: nameFor(reader, name), studentNo },
    ]),
  );
}

const present = (message: Message, student: MessageView['student']): MessageView => ({
  id: message._id,
  kind: message.kind,
  student,
  state: message.state,
  whyNot: message.whyNot,
  waitsForAccept: message.waitsForAccept,
  dueAt: message.dueAt.toISOString(),
  sentAt: message.sentAt?.toISOString() ?? null,
  fields: message.fields,
});
