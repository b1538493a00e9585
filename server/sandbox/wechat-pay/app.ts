import Router from '@koa/router';
import Koa from 'koa';
import type { Bills } from '../bills/bills';
import type { Books } from '../books/books';
import type { RefundStatus } from '../books/records';
import type { DemoClock } from '../clock/demo-clock';
import type { Credentials, Merchant } from '../credentials/credentials';
import type { Fault, Faults } from '../faults/faults';
import { readRawBody } from '../http/body';
import { presentCertificates } from './certificates';
import { endpoint, type Handler } from './endpoint';
import { payErrors } from './errors';
import { closeOrder, queryByOutTradeNo, queryByTransactionId } from './orders';
import { prepay } from './prepay';
import type { RefundRate } from './rate-limit';
import type { Refunds } from './refunds';

export interface PayParts {
  books: Books;
  bills: Bills;
  clock: DemoClock;
  credentials: Credentials;
  faults: Faults;
  refunds: Refunds;
  refundRate: RefundRate;
}

/** WeChat Pay APIv3: authenticate, do, sign. */
export function payApp(parts: PayParts): Koa {
  const { books, bills, clock, credentials, refunds, refundRate } = parts;
  const router = new Router();
  const serve = (method: 'get' | 'post', path: string, operation: string, handler: Handler) =>
    router[method](path, endpoint(parts, operation, handler));

  serve('post', '/v3/pay/transactions/jsapi', 'prepay', ({ context, merchant }) =>
    prepay(context.state.rawBody, merchant, books, clock),
  );
  serve('get', '/v3/pay/transactions/out-trade-no/:no', 'query', ({ context, merchant, params }) =>
    queryByOutTradeNo(params.no ?? '', context.query, merchant, books),
  );
  serve('get', '/v3/pay/transactions/id/:id', 'query', ({ context, merchant, params }) =>
    queryByTransactionId(params.id ?? '', context.query, merchant, books),
  );
  serve('post', '/v3/pay/transactions/out-trade-no/:no/close', 'close', ({ context, merchant, params }) =>
    closeOrder(params.no ?? '', context.state.rawBody, merchant, books, clock),
  );
  serve('post', '/v3/refund/domestic/refunds', 'refund', ({ context, merchant, fault }) => {
    if (!refundRate.mayCall(merchant.mchid)) throw payErrors.rateLimitExceeded();
    return limitFailures(refundRate, merchant, () =>
      refunds.request(context.state.rawBody, merchant, plannedOutcome(fault)),
    );
  });
  serve('get', '/v3/refund/domestic/refunds/:no', 'refund-query', ({ merchant, params }) =>
    refunds.query(params.no ?? '', merchant),
  );
  serve(
    'post',
    '/v3/refund/domestic/refunds/:id/apply-abnormal-refund',
    'abnormal-refund',
    ({ context, merchant, params }) =>
      refunds.applyAbnormal(params.id ?? '', context.state.rawBody, merchant),
  );
  serve('get', '/v3/bill/tradebill', 'bill', ({ context, merchant }) =>
    bills.tradeBill(context.query, merchant),
  );
  serve('get', '/v3/bill/fundflowbill', 'bill', ({ context, merchant }) =>
    bills.fundFlowBill(context.query, merchant),
  );
  serve('get', '/v3/billdownload/file', 'bill-download', ({ context, merchant }) =>
    bills.download(context.query, merchant),
  );
  serve('get', '/v3/certificates', 'certificates', ({ merchant }) =>
    presentCertificates(merchant, credentials),
  );
  serve('get', '/v3/merchant/fund/balance/:type', 'balance', ({ merchant, params }) => {
    if (params.type !== 'BASIC') throw payErrors.paramError('account_type不支持');
    return { available_amount: books.availableFen(merchant.mchid), pending_amount: 0 };
  });

  const app = new Koa();
  app.on('error', (error: NodeJS.ErrnoException) => {
    if (!HUNG_UP.has(error.code ?? '')) console.error(error);
  });
  app.use(readRawBody('2mb'));
  app.use(router.routes());
  app.use((context) => {
    context.status = 404;
    context.body = { code: 'RESOURCE_NOT_EXISTS', message: '接口不存在' };
  });
  return app;
}

/** Whoever has seen enough of a bill hangs up. */
const HUNG_UP: ReadonlySet<string> = new Set(['ERR_STREAM_PREMATURE_CLOSE', 'ECONNRESET', 'EPIPE']);

function limitFailures<T>(rate: RefundRate, merchant: Merchant, call: () => T): T {
  try {
    return call();
  } catch (error) {
    rate.failed(merchant.mchid);
    throw error;
  }
}

function plannedOutcome(fault: Fault | undefined): RefundStatus | undefined {
  if (fault?.kind !== 'refund-outcome') return undefined;
  const outcomes: RefundStatus[] = ['PROCESSING', 'SUCCESS', 'ABNORMAL', 'CLOSED'];
  return outcomes.find((outcome) => outcome === fault.code);
}
