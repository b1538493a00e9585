import Router from '@koa/router';
import Koa, { type Context, type ParameterizedContext } from 'koa';
import type { Books } from '../books/books';
import type { DemoClock } from '../clock/demo-clock';
import type { Credentials } from '../credentials/credentials';
import type { Fault, Faults } from '../faults/faults';
import { misbehave } from '../faults/misbehave';
import { type RawState, readRawBody, textField } from '../http/body';
import type { People } from '../people/people';
import { drawWxaCode } from './code-image';
import { WechatError } from './errors';
import type { Login } from './login';
import type { Messages } from './messages';
import { uploadShipping } from './shipping';
import type { Tokens } from './token';

export interface WechatParts {
  books: Books;
  clock: DemoClock;
  credentials: Credentials;
  faults: Faults;
  login: Login;
  messages: Messages;
  people: People;
  tokens: Tokens;
  tradeManaged(): boolean;
}

type Call = ParameterizedContext<RawState> & Context;

/** api.weixin.qq.com: errors are HTTP 200 with errcode. */
export function wechatApp(parts: WechatParts): Koa {
  const { books, clock, credentials, login, messages, people, tokens } = parts;
  const router = new Router();
  const serve = (method: 'get' | 'post', path: string, operation: string, answer: (call: Call) => unknown) =>
    router[method](path, endpoint(parts.faults, operation, answer));
  const withToken = (answer: (call: Call) => unknown) => (context: Call) => {
    tokens.check(context.query.access_token);
    return answer(context);
  };

  serve('get', '/sns/jscode2session', 'login', (context) => login.session(context.query));
  serve('post', '/cgi-bin/stable_token', 'token', (context) => tokens.issue(context.state.rawBody));
  serve(
    'post',
    '/wxa/business/getuserphonenumber',
    'phone',
    withToken((context) => {
      const code = textField(context.state.rawBody, 'code');
      const phone = people.byOpenid(login.spendPhoneCode(code))?.phone ?? '19900000000';
      const watermark = { timestamp: Math.floor(clock.nowMs() / 1000), appid: credentials.app.appid };
      return {
        errcode: 0,
        errmsg: 'ok',
        phone_info: { phoneNumber: phone, purePhoneNumber: phone, countryCode: '86', watermark },
      };
    }),
  );
  serve(
    'post',
    '/cgi-bin/message/subscribe/send',
    'subscribe-send',
    withToken((context) => messages.send(context.state.rawBody)),
  );
  serve(
    'post',
    '/wxa/getwxacodeunlimit',
    'wxacode',
    withToken((context) => drawWxaCode(context.state.rawBody, credentials.app.appid)),
  );
  serve(
    'post',
    '/wxa/sec/order/is_trade_managed',
    'is-trade-managed',
    withToken((context) => {
      if (textField(context.state.rawBody, 'appid') !== credentials.app.appid)
        throw new WechatError(40013, 'invalid appid');
      return { errcode: 0, errmsg: 'ok', is_trade_managed: parts.tradeManaged() };
    }),
  );
  serve(
    'post',
    '/wxa/sec/order/upload_shipping_info',
    'upload-shipping',
    withToken((context) => uploadShipping(context.state.rawBody, books, clock)),
  );

  const app = new Koa();
  app.use(readRawBody('2mb'));
  app.use(router.routes());
  return app;
}

function endpoint(faults: Faults, operation: string, answer: (call: Call) => unknown) {
  return async (context: Call) => {
    const openid = textField(context.state.rawBody, 'touser');
    const fault = faults.strike('wechat', operation, { openid });
    const carryOut = async () => {
      try {
        write(context, await answer(context));
      } catch (error) {
        if (!(error instanceof WechatError)) throw error;
        write(context, { errcode: error.errcode, errmsg: error.errmsg });
      }
    };
    await misbehave(context, fault, carryOut, refuseAsWechat);
  };
}

/** Like the real host, JSON goes out as text/plain on the login path and as JSON elsewhere. */
function write(context: Context, answer: unknown): void {
  if (Buffer.isBuffer(answer)) {
    context.type = 'image/png';
    context.body = answer;
    return;
  }
  context.type = context.path === '/sns/jscode2session' ? 'text/plain' : 'application/json; charset=utf-8';
  context.body = JSON.stringify(answer);
}

function refuseAsWechat(context: Context, fault: Fault): void {
  if (fault.kind === 'error') {
    const errcode = Number(fault.code ?? -1);
    write(context, { errcode, errmsg: fault.message ?? 'system error' });
    return;
  }
  context.status = fault.kind === 'http-429' ? 429 : 500;
  context.body = '';
}
