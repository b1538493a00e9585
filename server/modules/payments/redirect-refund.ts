import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import { WeChatPayError } from '../../platform/wechat-pay/errors';
import type { AbnormalRefundRequest } from '../../platform/wechat-pay/refunds';
import type { World } from '../../world';
import { line } from '../audit/line';
import { type Order, Orders, type Refund } from './model';
import { gatewayOf } from './send-refund';

const LOOK_AFTER_MS = 60_000;

/**
 * The payer's account no longer takes an ABNORMAL refund: another debit card of the payer does, or the school's own
 * account, from which the office pays out by hand. Two people say where: the first word is kept, of a card its last four
 * digits, the second one sends it. Card and name go to WeChat encrypted.
 *
 * @throws AppError NOT_FOUND, REFUND_STATE, CARD_DIFFERS, CHANGED_MEANWHILE, UPSTREAM_UNAVAILABLE, UPSTREAM_REFUSED
 */
export async function redirectRefund(
  world: World,
  by: UserActor,
  { order, refundNo, to }: { order: Order; refundNo: string; to: AbnormalRefundRequest['to'] },
): Promise<void> {
  const refund = order.refunds.find((one) => one.refundNo === refundNo);
  if (!refund) throw new AppError('NOT_FOUND');
  if (refund.state !== 'abnormal' || refund.trouble !== 'ABNORMAL' || !refund.refundId)
    throw new AppError('REFUND_STATE');
  const asked = refund.redirect ?? null;
  const target = targetOf(to);
  if (!asked || asked.by.userId === by.userId) return ask(world, by, { order, refund, to });
  if (asked.bankType !== target.bankType || asked.cardEnding !== target.cardEnding)
    throw new AppError('CARD_DIFFERS', { by: asked.by.name });
  await begin(world, by, order, refund, told(to));
  const pay = await gatewayOf(world, order);
  try {
    await pay.applyAbnormalRefund({ refundId: refund.refundId, outRefundNo: refundNo, to });
  } catch (cause) {
    if (!(cause instanceof WeChatPayError)) throw cause;
    // Whatever WeChat did, the poll that was planned finds out.
    if (cause.kind === 'refused') throw new AppError('UPSTREAM_REFUSED', { code: cause.code }, { cause });
    throw new AppError('UPSTREAM_UNAVAILABLE', {}, { cause });
  }
}

type Destination = AbnormalRefundRequest['to'];

/** Enough to tell later whose card it was, not enough to use it; nulls for the school's own account. */
const targetOf = (to: Destination) =>
  to.account === 'merchant'
    ? { bankType: null, cardEnding: null }
    : { bankType: to.bankType, cardEnding: to.cardNumber.slice(-4) };

/** What the audit log keeps of it. */
function told(to: Destination) {
  const { cardEnding } = targetOf(to);
  return { account: to.account, ...(cardEnding === null ? {} : { cardEnding }) };
}

/** The first of two words; whoever gave it may give it anew. */
async function ask(
  world: World,
  by: UserActor,
  { order, refund, to }: { order: Order; refund: Refund; to: Destination },
): Promise<void> {
  const { refundNo } = refund;
  const redirect: Refund['redirect'] = {
    ...targetOf(to),
    by: { userId: by.userId, name: by.name },
    at: world.clock.now(),
  };
  const asked = await changeRecord(
    Orders,
    {
      _id: order._id,
      version: order.version,
      refunds: { $elemMatch: { refundNo, state: 'abnormal', trouble: 'ABNORMAL' } },
    },
    { $set: { 'refunds.$.redirect': redirect } },
    line(world, actorName(by), 'refund.ask-redirect', { refundNo, ...told(to) }),
  );
  if (!asked) throw new AppError('CHANGED_MEANWHILE');
}

/** Before WeChat is asked: who comes second is refused, and whatever happens next somebody will look at the outcome. */
async function begin(
  world: World,
  by: UserActor,
  order: Order,
  refund: Refund,
  where: ReturnType<typeof told>,
) {
  const { refundNo } = refund;
  const lookAt = new Date(world.clock.now().getTime() + LOOK_AFTER_MS);
  const poll = world.effects.scheduled(`poll:${refundNo}:${order.version}`, 'poll-refund', lookAt, {
    refundNo,
  });
  const begun = await changeRecord(
    Orders,
    {
      _id: order._id,
      version: order.version,
      refunds: { $elemMatch: { refundNo, state: 'abnormal', trouble: 'ABNORMAL' } },
    },
    { $set: { 'refunds.$.trouble': 'REDIRECTED', 'refunds.$.redirect': null } },
    line(world, actorName(by), 'refund.redirect', { refundNo, ...where }),
    [poll],
  );
  if (!begun) throw new AppError('REFUND_STATE');
}
