import type { MessageView } from '../../../shared/contract/notifications';
import { studentsOfAccounts } from '../roster/find-student';
import { type Message, Messages } from './message-model';

interface Asked {
  kind?: Message['kind'] | undefined;
  state?: Message['state'] | undefined;
  after?: string | undefined;
  limit: number;
}

/** A page of a campaign's messages, newest first, with the counts of all of them. */
export async function listMessages(campaignId: string, { kind, state, after, limit }: Asked) {
  const filter = { campaignId, ...(kind ? { kind } : {}), ...(state ? { state } : {}) };
  const found = await Messages.find({ ...filter, ...olderThan(after) })
    .sort({ plannedAt: -1, _id: -1 })
    .limit(limit + 1)
    .lean<Message[]>();
  const page = found.slice(0, limit);
  const students = await studentsOf(campaignId, page);
  const last = found.length > limit ? page.at(-1) : undefined;
  return {
    messages: page.map((message) => present(message, students.get(message.accountId) ?? null)),
    counts: await countMessages(campaignId),
    next: last ? `${last.plannedAt.getTime()} ${last._id}` : null,
  };
}

function olderThan(after: string | undefined) {
  const [, time = '', id = ''] = /^(\d{1,15}) (.+)$/.exec(after ?? '') ?? [];
  if (!time) return {};
  const plannedAt = new Date(Number(time));
  return { $or: [{ plannedAt: { $lt: plannedAt } }, { plannedAt, _id: { $lt: id } }] };
}

async function studentsOf(campaignId: string, messages: readonly Message[]) {
  const accounts = [...new Set(messages.map(({ accountId }) => accountId))];
  const students = await studentsOfAccounts(campaignId, accounts);
  return new Map(
    students.map(({ name, studentNo, binding }) => [binding?.accountId ?? '', { name, studentNo }]),
  );
}

const countMessages = async (campaignId: string) => {
  const rows = await Messages.aggregate<{
    _id: Pick<Message, 'kind' | 'state'>;
    count: number;
  }>([
    { $match: { campaignId } },
    { $group: { _id: { kind: '$kind', state: '$state' }, count: { $sum: 1 } } },
  ]);
  return rows.map(({ _id, count }) => ({ kind: _id.kind, state: _id.state, count }));
};

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
