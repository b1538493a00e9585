import { Readable } from 'node:stream';
import type { Context, ParameterizedContext } from 'koa';
import type { DemoClock } from '../clock/demo-clock';
import type { Credentials, Merchant } from '../credentials/credentials';
import type { Fault, FaultFacts, Faults } from '../faults/faults';
import { misbehave } from '../faults/misbehave';
import { type RawState, textField } from '../http/body';
import { authenticate, callerTime } from './authorization';
import { PayError, payErrors } from './errors';
import { signBody, signingKey } from './signature';

type PayContext = ParameterizedContext<RawState> & Context & { params: Record<string, string> };

interface Call {
  context: PayContext;
  merchant: Merchant;
  params: Record<string, string>;
  fault: Fault | undefined;
}

/** Answers a call: JSON, a stream, or nothing for 204; throws PayError. */
export type Handler = (call: Call) => unknown;

export interface EndpointParts {
  clock: DemoClock;
  credentials: Credentials;
  faults: Faults;
}

/** One API: a fault may strike before, instead of or after it; whatever JSON is answered is signed. */
export function endpoint(parts: EndpointParts, operation: string, handler: Handler) {
  return async (context: PayContext) => {
    const facts = factsOf(context);
    const fault = parts.faults.strike('pay', operation, facts);
    const finish = async (nowMs: number) => {
      if (context.body instanceof Readable) {
        if (fault?.kind === 'tamper-body') context.body = Readable.from(withOneByteMore(context.body));
        return;
      }
      // A refused signature is answered under the key of whoever it claims to be from.
      const merchant = parts.credentials.merchant(facts.mchid ?? '');
      if (merchant) await signAnswer(context, merchant, parts.credentials, nowMs, fault);
    };
    await misbehave(
      context,
      fault,
      async () => finish(await carryOut(parts, context, handler, fault)),
      (_, refused) => {
        writeError(context, refusalFor(refused));
        return finish(callerTime(context.headers.authorization, parts.clock));
      },
    );
  };
}

/** Returns the time at the caller's. */
async function carryOut(
  { credentials, clock }: EndpointParts,
  context: PayContext,
  handler: Handler,
  fault: Fault | undefined,
): Promise<number> {
  const { method, url, params } = context;
  const { authorization } = context.headers;
  const { rawBody } = context.state;
  try {
    const merchant = authenticate({ method, url, authorization, rawBody }, credentials, clock);
    const answer = await handler({ context, merchant, params, fault });
    if (answer === undefined) context.status = 204;
    else context.body = answer;
  } catch (error) {
    if (!(error instanceof PayError)) throw error;
    writeError(context, error);
  }
  return callerTime(authorization, clock);
}

async function signAnswer(
  context: PayContext,
  merchant: Merchant,
  credentials: Credentials,
  nowMs: number,
  fault: Fault | undefined,
): Promise<void> {
  const empty = context.status === 204;
  const body = Buffer.from(empty ? '' : JSON.stringify(context.body));
  const key = signingKey(merchant, credentials, context.get('wechatpay-serial'));
  context.set({ ...(await signBody(body, key, nowMs, fault)) });
  if (empty) return;
  context.body = fault?.kind === 'tamper-body' ? Buffer.concat([body, Buffer.from(' ')]) : body;
  context.type = 'application/json; charset=utf-8';
}

async function* withOneByteMore(stream: Readable) {
  yield* stream;
  yield Buffer.from(' ');
}

function factsOf({ state, headers, params }: PayContext): FaultFacts {
  return {
    mchid: /mchid="([^"]*)"/.exec(headers.authorization ?? '')?.[1],
    outTradeNo: textField(state.rawBody, 'out_trade_no') ?? params.no,
    outRefundNo: textField(state.rawBody, 'out_refund_no') ?? params.no,
  };
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
