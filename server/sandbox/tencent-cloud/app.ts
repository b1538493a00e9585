import { randomUUID } from 'node:crypto';
import Koa, { type Context, type ParameterizedContext } from 'koa';
import type { DemoClock } from '../clock/demo-clock';
import type { Credentials } from '../credentials/credentials';
import type { Fault, Faults } from '../faults/faults';
import { misbehave } from '../faults/misbehave';
import { type RawState, readRawBody } from '../http/body';
import { TencentError } from './errors';
import type { FourFactorCheck } from './four-factor';
import { readIdCard } from './id-card-ocr';
import { checkTc3 } from './tc3';

export interface TencentParts {
  clock: DemoClock;
  credentials: Credentials;
  faults: Faults;
  fourFactors: FourFactorCheck;
}

type Call = ParameterizedContext<RawState> & Context;

interface Action {
  operation: string;
  version: string;
  carryOut(rawBody: Buffer, fault: Fault | undefined): object | Promise<object>;
}

/** ocr.tencentcloudapi.com and faceid.tencentcloudapi.com on one port: X-TC-Action tells them apart. */
export function tencentApp({ clock, credentials, faults, fourFactors }: TencentParts): Koa {
  const actions: Record<string, Action> = {
    IDCardOCR: {
      operation: 'id-card-ocr',
      version: '2018-11-19',
      carryOut: (rawBody) => readIdCard(rawBody),
    },
    BankCard4EVerification: {
      operation: 'four-factor',
      version: '2018-03-01',
      carryOut: (rawBody, fault) =>
        fourFactors.verify(rawBody, fault?.kind === 'result' ? fault.code : undefined),
    },
  };

  const app = new Koa();
  app.use(readRawBody('12mb'));
  app.use(async (context: Call) => {
    const action = actions[context.get('x-tc-action')];
    const fault = action && faults.strike('tencent', action.operation, {});
    const carryOut = async () => {
      try {
        const { method, path, querystring, headers } = context;
        const { rawBody } = context.state;
        checkTc3({ method, path, querystring, headers, rawBody }, credentials.tencent, clock);
        if (!action) throw new TencentError('InvalidAction', 'The action does not exist.');
        if (context.get('x-tc-version') !== action.version) {
          throw new TencentError('NoSuchVersion', 'The version does not exist.');
        }
        respond(context, await action.carryOut(rawBody, fault));
      } catch (error) {
        if (!(error instanceof TencentError)) throw error;
        respond(context, { Error: { Code: error.code, Message: error.message } });
      }
    };
    await misbehave(context, fault, carryOut, refuseAsTencent);
  });
  return app;
}

function respond(context: Context, response: object): void {
  context.body = { Response: { ...response, RequestId: randomUUID() } };
}

function refuseAsTencent(context: Context, fault: Fault): void {
  const code = { 'http-429': 'RequestLimitExceeded', 'http-500': 'InternalError' }[String(fault.kind)];
  const Code = code ?? fault.code ?? 'FailedOperation.UnKnowError';
  respond(context, { Error: { Code, Message: fault.message ?? Code } });
}
