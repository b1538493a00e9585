import { AppError } from '../../errors';
import { actorName, SYSTEM, type UserActor } from '../../http/actor';
import { duplicateKey } from '../../platform/mongo/failures';
import { changeRecord, insertRecord, newRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { schoolOfMerchant } from '../campaigns/merchants';
import { type OrphanNotification, OrphanNotifications } from './orphan-model';

type Facts = Pick<
  OrphanNotification,
  'mchid' | 'kind' | 'outTradeNo' | 'outRefundNo' | 'transactionId' | 'amountFen' | 'reason'
>;

/** Keeps news that fits no order, once however often it comes, and cries out. Only then may WeChat be told that it is safe. */
export async function keepOrphan(world: World, eventId: string, facts: Facts): Promise<void> {
  const { kind, reason, outTradeNo, amountFen } = facts;
  try {
    await insertRecord(OrphanNotifications, {
      ...newRecord(eventId, line(world, SYSTEM, 'notice.keep', { kind, reason, outTradeNo, amountFen })),
      ...facts,
      schoolId: await schoolOfMerchant(facts.mchid),
      at: world.clock.now(),
      resolvedAt: null,
      resolvedBy: null,
      note: null,
    });
    world.log.error({ order: outTradeNo, kind, reason }, 'notification that fits no order');
  } catch (error) {
    if (!duplicateKey(error)) throw error;
  }
}

/**
 * A person has found out what it was. Said again by the same person in the same words (the answer was lost) it is said.
 *
 * @throws AppError NOT_FOUND, CHANGED_MEANWHILE when somebody has explained it otherwise
 */
export async function resolveOrphan(
  world: World,
  by: UserActor,
  { id, note }: { id: string; note: string },
): Promise<void> {
  const resolved = await changeRecord(
    OrphanNotifications,
    { _id: id, schoolId: by.schoolId, resolvedAt: null },
    { $set: { resolvedAt: world.clock.now(), resolvedBy: { userId: by.userId, name: by.name }, note } },
    line(world, actorName(by), 'notice.resolve', { note }),
  );
  if (resolved) return;
  const before = await OrphanNotifications.findOne({
    _id: id,
    schoolId: by.schoolId,
  }).lean<OrphanNotification>();
  if (!before) throw new AppError('NOT_FOUND');
  if (before.resolvedBy?.userId !== by.userId || before.note !== note)
    throw new AppError('CHANGED_MEANWHILE');
}

export const openOrphans = (schoolId: string, limit: number): Promise<OrphanNotification[]> =>
  OrphanNotifications.find({ schoolId, resolvedAt: null })
    .sort({ at: 1 })
    .limit(limit)
    .lean<OrphanNotification[]>();
