import { type RefundState, refundStatesBefore } from '../../../shared/domain/order-state';
import { SYSTEM } from '../../http/actor';
import type { Effect } from '../../platform/mongo/record';
import { changeRecord } from '../../platform/mongo/record';
import type { Refund as RefundAtWeChat, RefundStatus } from '../../platform/wechat-pay/wire';
import type { World } from '../../world';
import { line } from '../audit/line';
import { isAnothers } from './apply-payment';
import { findOrder } from './find-order';
import { refundReversedEntry, refundSucceededEntry } from './ledger';
import { type LedgerEntry, type Order, Orders, type Refund } from './model';
import { accountOf } from './totals';

const STATE_OF: Readonly<Record<RefundStatus, RefundState>> = {
  PROCESSING: 'accepted',
  SUCCESS: 'succeeded',
  ABNORMAL: 'abnormal',
  CLOSED: 'closed',
};

type Source = { via: 'answer' | 'query' } | { via: 'callback'; eventId: string; mchid: string };

type RefundOutcome = 'applied' | 'known' | 'no_such_refund' | 'differs';

/**
 * WeChat's word on a refund: an answer, a query or a callback, in any order and any number.
 *
 * @returns differs: it is of another amount than we asked for; nothing is believed of it
 */
export async function applyRefund(
  world: World,
  orderNo: string,
  news: RefundAtWeChat,
  source: Source,
): Promise<RefundOutcome> {
  const order = await findOrder(orderNo);
  return order ? applyRefundTo(world, order, news, source) : 'no_such_refund';
}

/**
 * The same, to an order that was read before WeChat was asked. What may have changed since is the refund's state, and the
 * write looks at that.
 */
export async function applyRefundTo(
  world: World,
  order: Order,
  news: RefundAtWeChat,
  source: Source,
): Promise<RefundOutcome> {
  const refund = order.refunds.find(({ refundNo }) => refundNo === news.outRefundNo);
  if (!refund || isAnothers(accountOf(order), source)) return 'no_such_refund';
  if (news.amount.refund !== refund.amountFen) return 'differs';
  const state = STATE_OF[news.status];
  const now = world.clock.now();
  const entry = entryFor(world, refund, state);
  const changed = await changeRecord(
    Orders,
    {
      _id: order._id,
      refunds: { $elemMatch: { refundNo: refund.refundNo, state: { $in: refundStatesBefore(state) } } },
    },
    {
      $set: {
        'refunds.$.state': state,
        'refunds.$.refundId': news.refundId,
        'refunds.$.acceptedAt': refund.acceptedAt ?? news.acceptedAt ?? now,
        'refunds.$.succeededAt': state === 'succeeded' ? (news.successTime ?? now) : null,
        'refunds.$.trouble': state === 'abnormal' || state === 'closed' ? news.status : null,
      },
      ...(entry ? { $push: { ledger: entry } } : {}),
      ...(source.via === 'callback' ? { $addToSet: { callbackIds: source.eventId } } : {}),
      // What is final need not be asked about again.
      ...(state === 'succeeded' || state === 'closed'
        ? { $pull: { effects: { key: pollKey(refund) } } }
        : {}),
    },
    line(world, SYSTEM, `refund.${state}`, { refundNo: refund.refundNo, via: source.via }),
    followUp(world, refund, state),
  );
  return changed ? 'applied' : 'known';
}

function entryFor(world: World, refund: Refund, state: RefundState): LedgerEntry | null {
  if (state === 'succeeded') return refundSucceededEntry(world, refund);
  if (state === 'closed') return refundReversedEntry(world, refund);
  return null;
}

const pollKey = ({ refundNo }: Pick<Refund, 'refundNo'>): string => `poll:${refundNo}`;

/** Somebody has to look whether it is over: a callback may never come, also of what a person does at WeChat itself. */
function followUp(world: World, refund: Refund, state: RefundState): Effect[] {
  const isWatched = refund.state !== 'requested';
  if (state !== 'accepted' && (state !== 'abnormal' || isWatched)) return [];
  const at = new Date(world.clock.now().getTime() + 60_000);
  return [world.effects.scheduled(pollKey(refund), 'poll-refund', at, { refundNo: refund.refundNo })];
}
