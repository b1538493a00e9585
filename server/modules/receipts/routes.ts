import { routes } from '../../http/route';
import type { World } from '../../world';
import { findOwnOrder } from '../payments/find-order';
import { presentReceipt, receiptOf } from './find-receipt';
import { issueReceipt } from './issue-receipt';
import { voidReceipt } from './void-receipt';

export const receiptRoutes = (world: World) =>
  routes({
    'GET /api/console/orders/:orderNo/receipt': async ({ actor, params }) => {
      const order = await findOwnOrder(actor, params.orderNo);
      const receipt = await receiptOf(order._id);
      return { receipt: receipt && presentReceipt(receipt) };
    },

    'POST /api/console/orders/:orderNo/receipt': async ({ actor, params, body }) => {
      const order = await findOwnOrder(actor, params.orderNo);
      return { receipt: presentReceipt(await issueReceipt(world, actor, { order, ...body })) };
    },

    'POST /api/console/orders/:orderNo/receipt/void': async ({ actor, params, body }) => {
      const order = await findOwnOrder(actor, params.orderNo);
      await voidReceipt(world, actor, { orderNo: order._id, ...body });
      return { receipt: null };
    },
  });
