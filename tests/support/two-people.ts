import type { ApiClient } from '../../server/demo/api-client';
import type { PaymentWorld } from './payment-world';

type Wish =
  | { kind: 'refund'; reason: string; items?: string[]; endsPlace?: boolean }
  | { kind: 'accept'; reason: string };

/**
 * Money that moves by the word of two people, over HTTP.
 *
 * @param world asked for at every step: a test file opens its world later than it names this
 */
export function twoPeople(world: () => PaymentWorld) {
  const propose = (orderNo: string, body: Wish, by: ApiClient = world().finance[0]) =>
    by.call('POST /api/console/orders/:orderNo/proposals', { params: { orderNo }, body });

  const decide = (
    orderNo: string,
    proposalId: string,
    decision: 'approve' | 'reject',
    by: ApiClient = world().finance[1],
  ) =>
    by.call('POST /api/console/orders/:orderNo/proposals/:proposalId/decide', {
      params: { orderNo, proposalId },
      body: { decision },
    });

  /** One proposes, the other approves. */
  async function byTwo(orderNo: string, body: Wish) {
    const { proposals } = await propose(orderNo, body);
    return decide(orderNo, proposals.at(-1)?.id ?? '', 'approve');
  }
  return { propose, decide, byTwo };
}
