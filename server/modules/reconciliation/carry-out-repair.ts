import { formatYuan } from '../../../shared/domain/money';
import { asReason } from '../../../shared/domain/refund-reason';
import { AppError } from '../../errors';
import { SYSTEM } from '../../http/actor';
import type { EffectOutcome } from '../../platform/effects/runner';
import { changeRecord } from '../../platform/mongo/record';
import { WeChatPayError } from '../../platform/wechat-pay/errors';
import type { PaidTransaction } from '../../platform/wechat-pay/wire';
import type { World } from '../../world';
import { line } from '../audit/line';
import { acceptMoney } from '../payments/accept-money';
import { askTruth } from '../payments/ask-truth';
import { learnFromWeChat } from '../payments/ask-wechat';
import { catchUpOrder } from '../payments/catch-up-order';
import { enterFoundMoney } from '../payments/enter-found-money';
import { findOrder } from '../payments/find-order';
import type { Order } from '../payments/model';
import { resolveFound } from '../payments/orphans';
import { requestRefund } from '../payments/request-refund';
import { reversePayment } from '../payments/reverse-payment';
import { receivedFen, refundableFen } from '../payments/totals';
import { type DifferenceRecord, Differences, type Person, type RepairProposal } from './difference-model';
import { findDifference } from './find-difference';
import { gatewayOf, paymentAtWeChat } from './situation';

const AGAIN_MS = 60_000;

/**
 * Effect `carry-out-repair` of a difference that two people agree on. Each step finds what an earlier attempt has done,
 * so that a crash anywhere means that the rest is done later. What turns out to be impossible is open again and says why.
 */
export async function carryOutRepair(world: World, differenceId: string): Promise<EffectOutcome> {
  const difference = await findDifference(differenceId);
  if (difference?.status !== 'working' || !difference.proposal || !difference.approvedBy) return 'done';
  const { proposal, approvedBy } = difference;
  try {
    const result = await carryOut(world, { difference, proposal, by: `user:${approvedBy.userId}` });
    await settle(world, difference, { proposal, approvedBy, result });
    return 'done';
  } catch (cause) {
    if (isLater(cause)) return awaitWeChat(world, difference, cause);
    if (!(cause instanceof AppError)) throw cause;
    await giveUp(world, difference, cause.publicMessage);
    return 'done';
  }
}

interface Task {
  difference: DifferenceRecord;
  proposal: RepairProposal;
  /** In whose name */
  by: string;
}

/** @returns what came of it, in a sentence */
async function carryOut(world: World, task: Task): Promise<string> {
  switch (task.proposal.repair) {
    case 'record':
      return record(world, task);
    case 'refund':
      return refund(world, task);
    case 'suspend':
      return suspend(world, task);
    case 'reverse': {
      const { _id, orderNo } = task.difference;
      const order = await reversePayment(world, task.by, { orderNo: orderNo ?? '', cause: causeOf(_id) });
      return `已冲回 ${formatYuan(order.reversed?.fen ?? 0)} 元，预约改为待缴`;
    }
  }
}

async function record(world: World, task: Task): Promise<string> {
  const { difference, by } = task;
  const order = await findOrder(difference.orderNo ?? '');
  if (!order || difference.refundNo !== null) return catchUp(world, difference);
  if (order.state === 'quarantined') {
    await acceptMoney(world, by, order, { why: { cause: causeOf(difference._id) } });
    return `存疑的 ${formatYuan(receivedFen(order))} 元已入账`;
  }
  const now = await learnFromWeChat(world, order);
  if (receivedFen(now) === 0)
    throw new AppError('REPAIR_NOT_POSSIBLE', { reason: '微信现在说这笔订单没有付款' });
  return now.state === 'paid'
    ? `已补记收款 ${formatYuan(receivedFen(now))} 元`
    : `已记收款 ${formatYuan(receivedFen(now))} 元，与订单不符，列入存疑款项`;
}

/** Everything that WeChat knows of the order, as after a restored backup. */
async function catchUp(world: World, difference: DifferenceRecord): Promise<string> {
  const { orderNo, refundNo } = difference;
  const refunds = new Map(refundNo === null ? [] : [[refundNo, null] as const]);
  const truth = await askTruth(await gatewayOf(world, difference), orderNo ?? '', refunds);
  const outcome = truth && (await catchUpOrder(world, truth));
  const order = await findOrder(orderNo ?? '');
  if (!outcome || !order || outcome === 'unattributed' || outcome === 'another_transaction')
    throw new AppError('REPAIR_NOT_POSSIBLE', { reason: '微信的记录对不上我方的任何预约' });
  await resolveFound(world, order);
  return refundNo === null ? '已按微信记录补建订单' : '退款已按微信的状态更新';
}

async function refund(world: World, task: Task): Promise<string> {
  const { difference, proposal, by } = task;
  const order = (await findOrder(difference.orderNo ?? '')) ?? (await bringIn(world, task));
  const isOnItsWay = order.refunds.some(({ state }) => state !== 'closed');
  if (order.state !== 'quarantined' && !isOnItsWay)
    throw new AppError('REPAIR_NOT_POSSIBLE', { reason: '这笔钱已经记在一个预约名下，请在订单里申请退款' });
  if (refundableFen(order) > 0) {
    const wish = { cause: causeOf(difference._id), reason: asReason(proposal.note), by };
    await requestRefund(world, order._id, wish, ({ foundBy }) => ({
      // What was put aside kept a place; given back, it keeps none.
      effects: foundBy
        ? []
        : [world.effects.scheduled(`end-place:${difference._id}`, 'end-place', world.clock.now())],
    }));
  }
  return `${formatYuan(receivedFen(order))} 元已申请原路退款`;
}

/** Money of which we have nothing yet: to the booking that it names, or aside. */
async function bringIn(world: World, task: Task): Promise<Order> {
  const { difference } = task;
  if (difference.bookingId !== null) {
    await catchUp(world, difference);
    const order = await findOrder(difference.orderNo ?? '');
    if (order) return order;
  }
  return putAside(world, task);
}

async function suspend(world: World, task: Task): Promise<string> {
  const { type, key, orderNo, _id } = task.difference;
  const isPayment = key.startsWith('payment:') && (type === 'surplus' || type === 'duplicate_payment');
  const order = isPayment ? await findOrder(orderNo ?? '') : null;
  if (!isPayment || (order && order.foundBy !== causeOf(_id))) return '已登记挂账';
  const aside = await putAside(world, task);
  return `${formatYuan(receivedFen(aside))} 元已记入存疑款项`;
}

async function putAside(world: World, { difference, by }: Task): Promise<Order> {
  const paid: PaidTransaction | null = await paymentAtWeChat(world, difference, difference.orderNo ?? '');
  if (!paid) throw new AppError('REPAIR_NOT_POSSIBLE', { reason: '微信现在查不到这笔付款' });
  return enterFoundMoney(world, by, { paid, cause: causeOf(difference._id) });
}

const causeOf = (differenceId: string): string => `difference:${differenceId}`;

const isLater = (cause: unknown): cause is AppError | WeChatPayError =>
  cause instanceof WeChatPayError || (cause instanceof AppError && cause.code === 'UPSTREAM_UNAVAILABLE');

async function settle(
  world: World,
  difference: DifferenceRecord,
  { proposal, approvedBy, result }: { proposal: RepairProposal; approvedBy: Person; result: string },
): Promise<void> {
  const { repair, note, evidence, by } = proposal;
  const recount = world.effects.planned(`recount:${difference.version}`, 'recount-day');
  const resolution = { repair, note, evidence, by, approvedBy, at: world.clock.now(), result };
  const settled = await changeRecord(
    Differences,
    { _id: difference._id, status: 'working' },
    { $set: { status: 'settled', resolution, proposal: null, trouble: null } },
    line(world, `user:${approvedBy.userId}`, 'difference.settle', { repair, result }),
    [recount],
  );
  if (settled) await world.effects.runNow(Differences, difference._id, recount);
}

async function giveUp(world: World, { _id }: DifferenceRecord, trouble: string): Promise<void> {
  await changeRecord(
    Differences,
    { _id, status: 'working' },
    { $set: { status: 'open', proposal: null, approvedBy: null, trouble } },
    line(world, SYSTEM, 'difference.fail', { trouble }),
  );
}

async function awaitWeChat(
  world: World,
  { _id, trouble }: DifferenceRecord,
  cause: AppError | WeChatPayError,
): Promise<EffectOutcome> {
  const words = '微信暂时没有回应，系统会自动再试';
  if (trouble !== words) {
    await changeRecord(
      Differences,
      { _id, status: 'working' },
      { $set: { trouble: words } },
      line(world, SYSTEM, 'difference.wait', { code: cause.code }),
    );
  }
  return { againAt: new Date(world.clock.now().getTime() + AGAIN_MS), error: cause.code };
}
