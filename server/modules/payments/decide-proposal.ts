import { AppError } from '../../errors';
import { actorName, type UserActor } from '../../http/actor';
import { changeRecord } from '../../platform/mongo/record';
import type { World } from '../../world';
import { line } from '../audit/line';
import { acceptMoney } from './accept-money';
import { findOrder } from './find-order';
import { type Order, Orders, type Proposal } from './model';
import { requestRefund } from './request-refund';

interface Decision {
  order: Order;
  proposalId: string;
  decision: 'approve' | 'reject';
  note: string | null;
}

/**
 * Another person decides; whoever proposed may only take it back. The money moves in the write that approves, so that
 * nothing approved is ever left undone and nothing is done twice.
 *
 * @throws AppError TWO_PEOPLE_NEEDED, PROPOSAL_DECIDED, NOTHING_TO_REFUND, ORDER_NOT_IN_REVIEW, CHANGED_MEANWHILE
 */
export async function decideProposal(world: World, by: UserActor, facts: Decision): Promise<Order> {
  const { order, proposalId, decision } = facts;
  const proposal = pendingIn(order, proposalId);
  if (decision === 'approve' && proposal.by.userId === by.userId) throw new AppError('TWO_PEOPLE_NEEDED');
  if (decision === 'reject') await reject(world, by, facts);
  else if (proposal.kind === 'accept') await accept(world, by, facts);
  else await giveBack(world, by, facts, proposal);
  return (await findOrder(order._id)) ?? order;
}

async function reject(world: World, by: UserActor, facts: Decision): Promise<void> {
  const { order, proposalId } = facts;
  const rejected = await changeRecord(
    Orders,
    { _id: order._id, version: order.version },
    { $set: decided(world, by, facts, order, 'rejected') },
    line(world, actorName(by), 'order.reject-proposal', { proposal: proposalId }),
  );
  if (!rejected) throw new AppError('CHANGED_MEANWHILE');
}

const accept = (world: World, by: UserActor, facts: Decision): Promise<void> =>
  acceptMoney(world, actorName(by), facts.order, {
    why: { proposal: facts.proposalId },
    $set: decided(world, by, facts, facts.order, 'approved'),
  });

async function giveBack(world: World, by: UserActor, facts: Decision, proposal: Proposal): Promise<void> {
  const { proposalId } = facts;
  const wish = {
    cause: `proposal:${proposalId}`,
    reason: proposal.reason,
    by: actorName(by),
    ...(proposal.items ? { items: proposal.items } : {}),
  };
  await requestRefund(world, facts.order._id, wish, (order) => {
    pendingIn(order, proposalId);
    // What was put aside kept a place; given back, it keeps none.
    const endsPlace = proposal.endsPlace || order.state === 'quarantined';
    return {
      $set: decided(world, by, facts, order, 'approved'),
      effects: endsPlace
        ? [world.effects.scheduled(`end-place:${proposalId}`, 'end-place', world.clock.now())]
        : [],
    };
  });
}

function pendingIn(order: Order, proposalId: string): Proposal {
  const proposal = order.proposals.find(({ id }) => id === proposalId);
  if (!proposal) throw new AppError('NOT_FOUND');
  if (proposal.state !== 'pending') throw new AppError('PROPOSAL_DECIDED');
  return proposal;
}

/** By its position, which holds as long as the version that was read. */
function decided(
  world: World,
  by: UserActor,
  { proposalId, note }: Decision,
  order: Order,
  state: 'approved' | 'rejected',
): Record<string, unknown> {
  const at = order.proposals.findIndex(({ id }) => id === proposalId);
  return {
    [`proposals.${at}.state`]: state,
    [`proposals.${at}.decidedBy`]: { userId: by.userId, name: by.name },
    [`proposals.${at}.decidedAt`]: world.clock.now(),
    [`proposals.${at}.note`]: note,
  };
}
