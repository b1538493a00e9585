import { afterQuietHours, type MessageKind, messageExpires } from '../../../shared/domain/messages';
import { duplicateKey } from '../../platform/mongo/failures';
import type { World } from '../../world';
import { type Message, Messages } from './message-model';
import { waitingForAccept, wakeAccepted, withoutAccept } from './wait-for-accept';

export interface Plan {
  kind: MessageKind;
  /** Together with the kind it makes the message unique: "<booking>:<day>" */
  about: string;
  subjectId: string;
  accountId: string;
  campaignId: string;
  schoolId: string;
  dueAt: Date;
  /** Where it is news for a shorter time than its kind usually is. */
  expiresAt?: Date;
}

/**
 * Writes messages down to be sent. What is planned already stays as it is; kinds without a template are left out. Most
 * students accept few kinds: what is due and has no accept waits for one from the start.
 */
export async function planMessages(world: World, plans: readonly Plan[]): Promise<void> {
  const now = world.clock.now();
  const messages = plans
    .filter(({ kind }) => world.env.MESSAGE_TEMPLATES[kind] !== undefined)
    .map((plan) => messageOf(plan, now));
  if (messages.length === 0) return;
  const waiting = await withoutAccept(messages.filter(({ dueAt }) => dueAt <= now));
  for (const message of waiting) Object.assign(message, waitingForAccept(message));
  try {
    await Messages.insertMany(messages, { ordered: false, lean: true });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
  }
  await wakeAccepted(world, waiting);
}

const messageOf = ({ kind, about, dueAt, expiresAt, ...whose }: Plan, now: Date): Message => ({
  _id: `${kind}:${about}`,
  kind,
  ...whose,
  state: 'queued',
  whyNot: null,
  dueAt: afterQuietHours(kind, dueAt),
  waitsForAccept: false,
  expiresAt: expiresAt ?? messageExpires(kind, dueAt),
  attempts: 0,
  plannedAt: now,
  sentAt: null,
  fields: null,
});
