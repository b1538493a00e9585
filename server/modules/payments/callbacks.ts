import Router from '@koa/router';
import type { Context, Next } from 'koa';
import { AppError } from '../../errors';
import { readBytes } from '../../http/body';
import { counter } from '../../platform/metrics';
import type { WeChatPay } from '../../platform/wechat-pay/client';
import { UnknownMerchant } from '../../platform/wechat-pay/merchant-gateways';
import { CallbackError, type Notification } from '../../platform/wechat-pay/notification';
import type { World } from '../../world';
import { applyPayment } from './apply-payment';
import { applyRefund } from './apply-refund';
import { keepOrphan } from './keep-orphan';

const MAX_BYTES = 1_000_000;
/** To WeChat a body that nobody here reads is simply a bad request. */
const UNREADABLE: ReadonlySet<string> = new Set(['WRONG_CONTENT_TYPE', 'BODY_TOO_LARGE']);

const received = counter(
  'wechat_pay_callbacks_total',
  'Callbacks of WeChat Pay by what became of them; rejected ones by why',
  ['outcome'],
);

/** WeChat Pay's door. Only the status decides there: 204 once the news is safe here, 4XX/5XX and it comes again. */
export function callbackRouter(world: World): Router {
  const router = new Router();
  router.use('/callbacks/wechat-pay', answerInTheirWords);
  router.post('/callbacks/wechat-pay/:mchid/:kind', async (ctx) => {
    const rawBody = await readBytes(ctx, MAX_BYTES);
    const pay = await gatewayOf(world, ctx.params.mchid ?? '');
    const news = open(world, pay, ctx.req.headers, rawBody);
    const outcome = await (news.kind === 'payment'
      ? takePayment(world, pay, news)
      : takeRefund(world, pay, news));
    received.inc({ outcome });
    ctx.status = 204;
  });
  return router;
}

/** A refusal as the protocol words it, and counted: an operator sees forgeries and lost keys in a curve. */
async function answerInTheirWords(ctx: Context, next: Next): Promise<void> {
  try {
    await next();
  } catch (error) {
    const refusal = error instanceof AppError ? error : new AppError('INTERNAL', {}, { cause: error });
    received.inc({ outcome: outcomeOf(refusal) });
    if (refusal.status >= 500) throw error;
    ctx.status = UNREADABLE.has(refusal.code) ? 400 : refusal.status;
    ctx.body = { code: 'FAIL', message: refusal.publicMessage };
  }
}

const outcomeOf = ({ code, cause }: AppError): string =>
  cause instanceof CallbackError ? cause.reason : code.toLowerCase();

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
  } catch (cause) {
    if (!(cause instanceof CallbackError)) throw cause;
    world.log.warn({ reason: cause.reason, mchid: pay.mchid }, 'callback rejected');
    throw new AppError(cause.reason === 'malformed' ? 'BAD_REQUEST' : 'CALLBACK_REJECTED', {}, { cause });
  }
}

async function takePayment(
  world: World,
  pay: WeChatPay,
  { transaction, eventId }: Extract<Notification, { kind: 'payment' }>,
): Promise<string> {
  const outcome = await applyPayment(world, transaction, { via: 'callback', eventId, mchid: pay.mchid });
  if (outcome !== 'no_such_order' && outcome !== 'another_transaction') return outcome;
  await keepOrphan(world, eventId, {
    mchid: pay.mchid,
    kind: 'payment',
    outTradeNo: transaction.outTradeNo,
    outRefundNo: null,
    transactionId: transaction.transactionId,
    amountFen: transaction.amount.total,
    reason: outcome === 'no_such_order' ? 'unknown' : outcome,
  });
  return outcome;
}

async function takeRefund(
  world: World,
  pay: WeChatPay,
  { refund, eventId }: Extract<Notification, { kind: 'refund' }>,
): Promise<string> {
  const outcome =
    refund.mchid === pay.mchid
      ? await applyRefund(world, refund.outTradeNo, refund, { via: 'callback', eventId, mchid: pay.mchid })
      : 'differs';
  if (outcome !== 'no_such_refund' && outcome !== 'differs') return outcome;
  await keepOrphan(world, eventId, {
    mchid: pay.mchid,
    kind: 'refund',
    outTradeNo: refund.outTradeNo,
    outRefundNo: refund.outRefundNo,
    transactionId: refund.transactionId,
    amountFen: refund.amount.refund,
    reason: outcome === 'differs' ? outcome : 'unknown',
  });
  return outcome;
}
