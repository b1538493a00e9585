import Router from '@koa/router';
import { AppError } from '../../errors';
import { readBytes } from '../../http/body';
import { duplicateKey } from '../../platform/mongo/failures';
import type { WeChatPay } from '../../platform/wechat-pay/client';
import { UnknownMerchant } from '../../platform/wechat-pay/merchant-gateways';
import { CallbackError, type Notification } from '../../platform/wechat-pay/notification';
import type { World } from '../../world';
import { applyPayment } from './apply-payment';
import { applyRefund } from './apply-refund';
import { OrphanNotifications } from './orphan-model';

const MAX_BYTES = 1_000_000;

/** WeChat Pay's door. Only the status decides there: 204 once the news is safe here, 4XX/5XX and it comes again. */
export function callbackRouter(world: World): Router {
  const router = new Router();
  router.post('/callbacks/wechat-pay/:mchid/:kind', async (ctx) => {
    const rawBody = await readBytes(ctx, MAX_BYTES);
    const pay = await gatewayOf(world, ctx.params.mchid ?? '');
    const news = open(world, pay, ctx.req.headers, rawBody);
    if (news.kind === 'payment') await takePayment(world, news);
    else await takeRefund(world, news);
    ctx.status = 204;
  });
  return router;
}

async function gatewayOf(world: World, mchid: string): Promise<WeChatPay> {
  try {
    return await world.pay.merchantGateway(mchid);
  } catch (error) {
    if (error instanceof UnknownMerchant) throw new AppError('NOT_FOUND');
    throw error;
  }
}

function open(
  world: World,
  pay: WeChatPay,
  headers: Parameters<WeChatPay['openNotification']>[0]['headers'],
  rawBody: Buffer,
): Notification {
  try {
    return pay.openNotification({ headers, rawBody });
  } catch (error) {
    if (!(error instanceof CallbackError)) throw error;
    world.log.warn({ reason: error.reason, mchid: pay.mchid }, 'callback rejected');
    throw new AppError(
      error.reason === 'malformed' ? 'BAD_REQUEST' : 'CALLBACK_REJECTED',
      {},
      { cause: error },
    );
  }
}

async function takePayment(world: World, news: Extract<Notification, { kind: 'payment' }>): Promise<void> {
  const { transaction, eventId } = news;
  const outcome = await applyPayment(world, transaction, { via: 'callback', eventId });
  if (outcome !== 'no_such_order') return;
  await keepOrphan(world, eventId, {
    mchid: transaction.mchid,
    kind: 'payment',
    outTradeNo: transaction.outTradeNo,
    transactionId: transaction.transactionId,
    amountFen: transaction.amount.total,
  });
}

async function takeRefund(world: World, news: Extract<Notification, { kind: 'refund' }>): Promise<void> {
  const { refund, eventId } = news;
  const outcome = await applyRefund(world, refund.outTradeNo, refund, { via: 'callback', eventId });
  if (outcome !== 'no_such_refund') return;
  await keepOrphan(world, eventId, {
    mchid: refund.mchid,
    kind: 'refund',
    outTradeNo: refund.outTradeNo,
    transactionId: refund.transactionId,
    amountFen: refund.amount.refund,
  });
}

async function keepOrphan(
  world: World,
  eventId: string,
  facts: {
    mchid: string;
    kind: 'payment' | 'refund';
    outTradeNo: string;
    transactionId: string;
    amountFen: number;
  },
): Promise<void> {
  try {
    await OrphanNotifications.create({ _id: eventId, ...facts, at: world.clock.now(), resolvedAt: null });
    world.log.error({ order: facts.outTradeNo, kind: facts.kind }, 'notification for an unknown order');
  } catch (error) {
    if (!duplicateKey(error)) throw error;
  }
}
