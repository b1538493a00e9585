import Router from '@koa/router';
import Koa, { type Context, type ParameterizedContext } from 'koa';
import type { Books } from '../books/books';
import type { RefundStatus } from '../books/records';
import type { DemoClock } from '../clock/demo-clock';
import type { Credentials, Merchant } from '../credentials/credentials';
import type { Fault, FaultFacts, Faults } from '../faults/faults';
import { misbehave } from '../faults/misbehave';
import { jsonOf, type RawState, readRawBody } from '../http/body';
import { authenticate } from './authorization';
import { presentCertificates } from './certificates';
import { PayError, payErrors } from './errors';
import { closeOrder, queryByOutTradeNo, queryByTransactionId } from './orders';
import { prepay } from './prepay';
import type { RefundRate } from './rate-limit';
import type { Refunds } from './refunds';
import { signBody, signingKey } from './signature';

export interface PayParts {
  books: Books;
  clock: DemoClock;
  credentials: Credentials;
  faults: Faults;
  refunds: Refunds;
  refundRate: RefundRate;
}

interface Call {
  context: ParameterizedContext<RawState> & Context;
  merchant: Merchant;
  params: Record<string, string>;
  fault: Fault | undefined;
}

type Handler = (call: Call) => unknown;

/** WeChat Pay APIv3: authenticate, do, sign. */
export function payApp(parts: PayParts): Koa {
  const { books, clock, credentials, refunds, refundRate } = parts;
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
  serve('get', '/v3/certificates', 'certificates', ({ merchant }) =>
    presentCertificates(merchant, credentials),
  );
  serve('get', '/v3/merchant/fund/balance/:type', 'balance', ({ merchant, params }) => {
    if (params.type !== 'BASIC') throw payErrors.paramError('account_type不支持');
    return { available_amount: books.availableFen(merchant.mchid), pending_amount: 0 };
  });

  const app = new Koa();
  app.use(readRawBody('2mb'));
  app.use(router.routes());
  app.use((context) => {
    context.status = 404;
    context.body = { code: 'RESOURCE_NOT_EXISTS', message: '接口不存在' };
  });
  return app;
}

/** One API: a fault may strike before, instead of or after it; whatever is answered is signed. */
function endpoint({ faults, credentials, clock }: PayParts, operation: string, handler: Handler) {
  return async (context: Call['context'] & { params: Record<string, string> }) => {
    const facts = factsOf(context);
    const fault = faults.strike('pay', operation, facts);
    const carryOut = async () => {
      try {
        const { method, url, headers } = context;
        const { authorization } = headers;
        const merchant = authenticate(
          { method, url, authorization, rawBody: context.state.rawBody },
          credentials,
          clock,
        );
        const answer = await handler({ context, merchant, params: context.params, fault });
        if (answer === undefined) context.status = 204;
        else context.body = answer;
      } catch (error) {
        if (!(error instanceof PayError)) throw error;
        writeError(context, error);
      }
      // A refused signature is answered under the key of whoever it claims to be from.
      const claimed = credentials.merchant(facts.mchid ?? '');
      if (operation !== 'bill-download' && claimed) sign(context, claimed, fault);
    };
    const sign = (signed: Context, merchant: Merchant, spoil: Fault | undefined) => {
      const body = Buffer.from(signed.status === 204 ? '' : JSON.stringify(signed.body));
      const key = signingKey(merchant, credentials, signed.get('wechatpay-serial'));
      signed.set({ ...signBody(body, key, clock.nowMs(), spoil), 'Request-ID': signed.get('request-id') });
      if (signed.status === 204) return;
      signed.body = spoil?.kind === 'tamper-body' ? Buffer.concat([body, Buffer.from(' ')]) : body;
      signed.type = 'application/json';
    };
    await misbehave(context, fault, carryOut, refuseAsPay);
  };
}

function factsOf(context: Call['context'] & { params: Record<string, string> }): FaultFacts {
  const body = Object(jsonOf(context.state.rawBody)) as Record<string, unknown>;
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  const mchid = /mchid="([^"]*)"/.exec(context.headers.authorization ?? '')?.[1];
  return {
    mchid,
    outTradeNo: text(body.out_trade_no) ?? context.params.no,
    outRefundNo: text(body.out_refund_no) ?? context.params.no,
  };
}

function refuseAsPay(context: Context, fault: Fault): void {
  writeError(context, refusalFor(fault));
}

function refusalFor({ kind, status = 400, code = 'PARAM_ERROR', message }: Fault): PayError {
  if (kind === 'http-429') return payErrors.rateLimitExceeded(message);
  if (kind === 'http-500') return payErrors.systemError(message);
  return new PayError(status, code, message ?? code);
}

function writeError(context: Context, error: PayError): void {
  context.status = error.status;
  context.body = {
    code: error.code,
    message: error.message,
    ...(error.detail ? { detail: error.detail } : {}),
  };
}

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
