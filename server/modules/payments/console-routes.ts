import { shanghaiDay } from '../../../shared/domain/time';
import { AppError } from '../../errors';
import type { UserActor } from '../../http/actor';
import { routes } from '../../http/route';
import type { World } from '../../world';
import { bookingsOfStudent } from '../bookings/thin-bookings';
import { accountTasks } from '../campaigns/account-tasks';
import { findOwnCampaign } from '../campaigns/find-campaign';
import { studentByNumber } from '../roster/find-student';
import { workCalendarOf } from '../work-days/find-work-days';
import { learnFromWeChat } from './ask-wechat';
import { decideProposal } from './decide-proposal';
import { findOwnOrder, ordersByNumber, ordersOfBookings } from './find-order';
import { openOrphans, resolveOrphan } from './keep-orphan';
import type { Order } from './model';
import { MOST_TASKS, proposedOrders, quarantinedOrders, stuckRefunds } from './money-tasks';
import { presentRecords, presentRefundRecord } from './present-record';
import { propose } from './propose';
import { redirectRefund } from './redirect-refund';
import { refundPromises } from './refund-promises';
import { renewRefund } from './renew-refund';

/** Orders and refunds at finance's desk. */
export const orderRoutes = (world: World) =>
  routes({
    'GET /api/console/orders': async ({ actor, query }) => {
      const { q, campaignId } = query;
      if (!q) return { orders: [] };
      const byNumber = await ordersByNumber(actor.schoolId, q);
      const found = byNumber.length > 0 ? byNumber : await ordersOfStudent(actor, q, campaignId);
      return { orders: await presentRecords(actor, found) };
    },

    'GET /api/console/orders/:orderNo': async ({ actor, params }) => {
      const order = await findOwnOrder(actor, params.orderNo);
      const ledger = order.ledger.map((entry) => ({ ...entry, at: entry.at.toISOString() }));
      return { order: await presentOne(actor, order), ledger };
    },

    'GET /api/console/money-tasks': async ({ actor }) => {
      const [quarantined, proposed, stuck, notices, accounts] = await Promise.all([
        quarantinedOrders(actor.schoolId),
        proposedOrders(actor.schoolId),
        stuckRefunds(actor.schoolId, world.clock.now()),
        openOrphans(actor.schoolId, MOST_TASKS),
        accountTasks(world, actor.schoolId),
      ]);
      const records = await presentRecords(
        actor,
        stuck.map(({ order }) => order),
      );
      return {
        quarantined: await presentRecords(actor, quarantined),
        proposed: await presentRecords(actor, proposed),
        refunds: stuck.flatMap(({ order, refund, task }, at) => {
          const record = records[at];
          return record ? [{ order: record, refund: presentRefundRecord(actor, order, refund), task }] : [];
        }),
        notices: notices.map((notice) => ({
          id: notice._id,
          mchid: notice.mchid,
          kind: notice.kind,
          reason: notice.reason,
          orderNo: notice.outTradeNo,
          refundNo: notice.outRefundNo,
          transactionId: notice.transactionId,
          amountFen: notice.amountFen,
          at: notice.at.toISOString(),
        })),
        accounts,
      };
    },

    'GET /api/console/campaigns/:id/refund-promises': async ({ actor, params, query }) => {
      const campaign = await findOwnCampaign(actor, params.id);
      return refundPromises({
        campaignId: campaign._id,
        today: shanghaiDay(world.clock.now()),
        calendar: await workCalendarOf(campaign.schoolId),
        ...query,
      });
    },

    'POST /api/console/orders/:orderNo/check': async ({ actor, params }) =>
      presentOne(actor, await learnFromWeChat(world, await findOwnOrder(actor, params.orderNo))),

    'POST /api/console/orders/:orderNo/proposals': async ({ actor, params, body }) => {
      const order = await findOwnOrder(actor, params.orderNo);
      const { kind, reason } = body;
      const wish =
        body.kind === 'refund'
          ? { kind, reason, items: body.items ?? null, endsPlace: body.endsPlace }
          : { kind, reason, items: null, endsPlace: false };
      return presentOne(actor, await propose(world, actor, { order, wish }));
    },

    'POST /api/console/orders/:orderNo/proposals/:proposalId/decide': async ({ actor, params, body }) => {
      const order = await findOwnOrder(actor, params.orderNo);
      const { decision, note = null } = body;
      const facts = { order, proposalId: params.proposalId, decision, note };
      return presentOne(actor, await decideProposal(world, actor, facts));
    },

    'POST /api/console/orders/:orderNo/refunds/:refundNo/renew': async ({ actor, params }) => {
      const order = await findOwnOrder(actor, params.orderNo);
      await renewRefund(world, actor, { order, refundNo: params.refundNo });
      return presentOne(actor, await findOwnOrder(actor, params.orderNo));
    },

    'POST /api/console/orders/:orderNo/refunds/:refundNo/redirect': async ({ actor, params, body }) => {
      const order = await findOwnOrder(actor, params.orderNo);
      await redirectRefund(world, actor, { order, refundNo: params.refundNo, to: body });
      return presentOne(actor, await findOwnOrder(actor, params.orderNo));
    },

    'POST /api/console/payment-notices/:noticeId/resolve': async ({ actor, params, body }) => {
      await resolveOrphan(world, actor, { id: params.noticeId, note: body.note });
      return undefined;
    },
  });

async function presentOne(actor: UserActor, order: Order) {
  const [record] = await presentRecords(actor, [order]);
  if (!record) throw new AppError('NOT_FOUND');
  return record;
}

async function ordersOfStudent(
  actor: UserActor,
  studentNo: string,
  campaignId: string | undefined,
): Promise<Order[]> {
  if (!campaignId) return [];
  const campaign = await findOwnCampaign(actor, campaignId);
  const student = await studentByNumber(campaign._id, studentNo);
  if (!student) return [];
  const bookings = await bookingsOfStudent(student._id);
  return ordersOfBookings(bookings.map(({ _id }) => _id));
}
