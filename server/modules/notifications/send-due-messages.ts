import { RateLimiterRes } from 'rate-limiter-flexible';
import { afterQuietHours, type MessageKind } from '../../../shared/domain/messages';
import { addMinutes } from '../../../shared/domain/time';
import { inParallel } from '../../platform/in-parallel';
import { sharedLimiter } from '../../platform/mongo/shared-limits';
import { WeChatError } from '../../platform/wechat/errors';
import { MessageFieldError } from '../../platform/wechat/message-fields';
import type { World } from '../../world';
import { openidOf } from '../accounts/find-account';
import { type Accept, Accepts, acceptId } from './accept-model';
import { contentOf } from './message-facts';
import { type Message, Messages, type WhyNot } from './message-model';
import { waitingForAccept, wakeAccepted } from './wait-for-accept';

const LEASE_MINUTES = 2;
const SENDERS = 4;

/** All instances together send at most so many messages a second. */
export function createMessageRate(world: World): () => Promise<void> {
  const limiter = sharedLimiter(world.connection, {
    keyPrefix: 'messages',
    points: world.env.MESSAGES_PER_SECOND,
    duration: 1,
  });
  return async () => {
    for (;;) {
      try {
        await limiter.consume('all', 1);
        return;
      } catch (refusal) {
        if (!(refusal instanceof RateLimiterRes)) throw refusal;
        await new Promise((resolve) => setTimeout(resolve, refusal.msBeforeNext + 1));
      }
    }
  };
}

/** For a sweep: sends all messages that are due, until none is. @returns how many were dealt with */
export async function sendDueMessages(world: World, turn: () => Promise<void>): Promise<number> {
  let dealt = await endUnaccepted(world);
  await inParallel(dueMessages(world), SENDERS, async (message) => {
    await deliver(world, message, turn);
    dealt += 1;
  });
  return dealt;
}

async function* dueMessages(world: World): AsyncGenerator<Message> {
  for (let message = await takeOne(world); message; message = await takeOne(world)) yield message;
}

/** Most students accept few kinds: messages whose accept never came end together, not one by one. @returns how many */
async function endUnaccepted(world: World): Promise<number> {
  const now = world.clock.now();
  const { modifiedCount } = await Messages.updateMany(
    { state: 'queued', waitsForAccept: true, dueAt: { $lte: now }, expiresAt: { $lte: now } },
    { $set: { state: 'not_sent', whyNot: 'no_accept' } },
  );
  return modifiedCount;
}

/** As it was before: a message that is `sending` already has been taken by somebody who did not come back. */
async function takeOne(world: World): Promise<Message | null> {
  const now = world.clock.now();
  return Messages.findOneAndUpdate(
    { state: { $in: ['queued', 'sending'] }, dueAt: { $lte: now } },
    { $set: { dueAt: addMinutes(now, LEASE_MINUTES) } },
    { returnDocument: 'before', sort: { dueAt: 1 } },
  ).lean<Message>();
}

async function deliver(world: World, message: Message, turn: () => Promise<void>): Promise<void> {
  const now = world.clock.now();
  const inDoubt = message.state === 'sending';
  // What may have arrived is never said not to have been news.
  const end = (whyNot: WhyNot) =>
    finish(message, { state: 'not_sent', whyNot: inDoubt ? 'in_doubt' : whyNot });
  if (message.expiresAt <= now) return end(message.waitsForAccept ? 'no_accept' : 'expired');
  const quietUntil = afterQuietHours(message.kind, now);
  if (quietUntil > now) return again(message, quietUntil);

  const template = world.env.MESSAGE_TEMPLATES[message.kind];
  if (!template) return end('template');
  const content = await contentOf(world, message);
  if (!content) return end('not_applicable');
  const accept = await acceptOf(message);
  if (!inDoubt && !accept) return waitForAccept(world, message);
  // With one accept WeChat itself refuses a second message; with several a second one could get through.
  if (inDoubt && (accept?.left ?? 0) > 1) return end('in_doubt');
  const openid = await openidOf(message.accountId);
  if (!openid) return end('not_applicable');

  const fields = Object.fromEntries(
    Object.entries(template.fields).map(([field, fact]) => [field, content.facts[fact]]),
  );
  await turn();
  const { matchedCount } = await Messages.updateOne(
    { _id: message._id, attempts: message.attempts, state: message.state },
    { $set: { state: 'sending', fields }, $inc: { attempts: 1 } },
  );
  // The lease ran out while it waited for its turn, and somebody else has it.
  if (matchedCount === 0) return;
  try {
    await world.wechat.sendSubscribeMessage({
      openid,
      templateId: template.id,
      page: content.page,
      fields,
    });
  } catch (error) {
    return refused(world, message, error, inDoubt);
  }
  await sent(world, message);
}

async function sent(world: World, message: Message): Promise<void> {
  await finish(message, { state: 'sent', sentAt: world.clock.now() });
  await Accepts.updateOne(
    { _id: acceptId(message.accountId, message.kind), left: { $gt: 0 } },
    { $inc: { left: -1 } },
  );
}

async function refused(world: World, message: Message, error: unknown, inDoubt: boolean): Promise<void> {
  if (error instanceof MessageFieldError) return templateFault(world, message, error);
  if (!(error instanceof WeChatError)) throw error;
  if (error.kind === 'no-answer' || error.kind === 'unexpected-answer')
    return again(message, soon(world, message));
  if (error.kind !== 'refused') return again(message, soon(world, message), 'queued');
  if (error.reason !== 'message_refused') return templateFault(world, message, error);
  await Accepts.updateOne(
    { _id: acceptId(message.accountId, message.kind) },
    { $set: { left: 0, refusedAt: world.clock.now() } },
  );
  // If an earlier try was lost from sight, it was this message that used up the accept.
  if (inDoubt) await finish(message, { state: 'sent', sentAt: world.clock.now() });
  else await finish(message, { state: 'not_sent', whyNot: 'refused' });
}

/** Our own mistake: sending again would not help, and the office must know. */
function templateFault(world: World, message: Message, error: Error): Promise<void> {
  world.log.error({ err: error, kind: message.kind }, 'message template is wrong');
  return finish(message, { state: 'not_sent', whyNot: 'template' });
}

const acceptOf = ({ accountId, kind }: { accountId: string; kind: MessageKind }) =>
  Accepts.findOne({ _id: acceptId(accountId, kind), left: { $gt: 0 } }).lean<Accept>();

/** Nothing to send with yet. */
async function waitForAccept(world: World, message: Message): Promise<void> {
  await Messages.updateOne({ _id: message._id, state: 'queued' }, { $set: waitingForAccept(message) });
  await wakeAccepted(world, [message]);
}

const LONGEST_WAIT_MINUTES = 60;

const soon = (world: World, { attempts }: Message): Date =>
  addMinutes(world.clock.now(), Math.min(2 ** attempts, LONGEST_WAIT_MINUTES));

async function again({ _id }: Message, dueAt: Date, state?: 'queued'): Promise<void> {
  await Messages.updateOne({ _id }, { $set: { dueAt, ...(state ? { state } : {}) } });
}

async function finish({ _id }: Message, end: Partial<Message>): Promise<void> {
  await Messages.updateOne({ _id }, { $set: end });
}
