import type { World } from '../../world';
import { Accepts, acceptId } from './accept-model';
import { type Message, Messages } from './message-model';

/** What a message becomes that has no accept: the next accept wakes it, its end at the latest. */
export const waitingForAccept = ({ expiresAt }: Message) => ({ waitsForAccept: true, dueAt: expiresAt });

/** Those of the messages that no accept is left for, with one read. */
export async function withoutAccept(messages: readonly Message[]): Promise<Message[]> {
  if (messages.length === 0) return [];
  const ids = messages.map(({ accountId, kind }) => acceptId(accountId, kind));
  const accepts = await Accepts.find({ _id: { $in: ids }, left: { $gt: 0 } }, { _id: 1 }).lean<
    { _id: string }[]
  >();
  const accepted = new Set(accepts.map(({ _id }) => _id));
  return messages.filter(({ accountId, kind }) => !accepted.has(acceptId(accountId, kind)));
}

/** An accept that came between the look and the write has woken nothing: those messages are due again. */
export async function wakeAccepted(world: World, waiting: readonly Message[]): Promise<void> {
  const stillWithout = new Set(await withoutAccept(waiting));
  const ids = waiting.filter((message) => !stillWithout.has(message)).map(({ _id }) => _id);
  if (ids.length === 0) return;
  await Messages.updateMany(
    { _id: { $in: ids }, state: 'queued', waitsForAccept: true },
    { $set: { waitsForAccept: false, dueAt: world.clock.now() } },
  );
}
