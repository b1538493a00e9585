import { formatYuan } from '../../../shared/domain/money';
import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import type { Effect } from '../../platform/mongo/record';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { findMerchant } from '../campaigns/merchants';
import type { Campaign } from '../campaigns/model';
import { type BatchState, type RefundBatch, RefundBatches } from './model';

export const STATE_NAMES: Readonly<Record<BatchState, string>> = {
  submitted: '待审批',
  rejected: '已驳回',
  approved: '退款中',
  paused: '已暂停',
  stopped: '已停止',
  done: '已完成',
};

/**
 * Another person approves or rejects; whoever submitted it may only take it back. Before approval the merchant's
 * available balance must cover the whole batch.
 *
 * @throws AppError TWO_PEOPLE_NEEDED, BALANCE_TOO_LOW, BATCH_STATE, CHANGED_MEANWHILE · WeChatPayError when the balance
 *   cannot be asked for; nothing is decided then
 */
export async function decideBatch(
  world: World,
  by: UserActor,
  facts: {
    batch: RefundBatch;
    campaign: Campaign;
    version: number;
    decision: 'approve' | 'reject';
    note: string | undefined;
  },
): Promise<RefundBatch> {
  const { batch, campaign, version, decision, note } = facts;
  const isOwn = batch.submittedBy.userId === by.userId;
  if (isOwn && decision === 'approve') throw new AppError('TWO_PEOPLE_NEEDED');
  if (batch.state !== 'submitted') throw new AppError('BATCH_STATE', { state: STATE_NAMES[batch.state] });
  if (decision === 'approve') await refuseWithoutBalance(world, campaign, batch.amountFen);
  const change =
    decision === 'approve'
      ? { state: 'approved' as const, verb: 'refund-batch.approved', effects: [runEffect(world, batch)] }
      : { state: 'rejected' as const, verb: isOwn ? 'refund-batch.withdraw' : 'refund-batch.rejected' };
  return changeBatch(world, by, { batch, version, note: note ?? null, ...change });
}

/**
 * Pauses a running batch, or lets a paused or stopped one go on. What has been asked of WeChat is not taken back.
 *
 * @throws AppError BATCH_STATE
 */
export async function pauseBatch(
  world: World,
  by: UserActor,
  { batch, paused }: { batch: RefundBatch; paused: boolean },
): Promise<RefundBatch> {
  const from: readonly BatchState[] = paused ? ['approved'] : ['paused', 'stopped'];
  const changed = await changeRecord(
    RefundBatches,
    { _id: batch._id, version: batch.version, state: { $in: from } },
    paused
      ? { $set: { state: 'paused' }, $pull: { effects: { kind: 'run-batch' } } }
      : { $set: { state: 'approved', stoppedBecause: null } },
    line(world, actorName(by), paused ? 'refund-batch.pause' : 'refund-batch.resume'),
    paused ? [] : [runEffect(world, batch)],
  );
  if (!changed) throw new AppError('BATCH_STATE', { state: STATE_NAMES[batch.state] });
  return changed;
}

/** Under a key of its own: striking off the run that ended must not take the one that follows with it. */
const runEffect = (world: World, { version }: RefundBatch): Effect =>
  world.effects.scheduled(`run:${version}`, 'run-batch', world.clock.now());

async function refuseWithoutBalance(world: World, campaign: Campaign, needFen: number): Promise<void> {
  const merchant = await findMerchant(campaign.merchantId);
  if (!merchant) throw new AppError('NOT_FOUND');
  const { available } = await (await world.pay.merchantGateway(merchant.mchid)).availableBalance();
  if (available < needFen)
    throw new AppError('BALANCE_TOO_LOW', { need: formatYuan(needFen), have: formatYuan(available) });
}

async function changeBatch(
  world: World,
  by: UserActor,
  {
    batch,
    version,
    note,
    state,
    verb,
    effects = [],
  }: {
    batch: RefundBatch;
    version: number;
    note: string | null;
    state: BatchState;
    verb: string;
    effects?: Effect[];
  },
): Promise<RefundBatch> {
  const changed = await changeRecord(
    RefundBatches,
    { _id: batch._id, version, state: 'submitted' },
    { $set: { state, note, decidedBy: { userId: by.userId, name: by.name }, decidedAt: world.clock.now() } },
    line(world, actorName(by), verb),
    effects,
  );
  if (!changed) throw new AppError('CHANGED_MEANWHILE');
  return changed;
}
