import { createHash, randomBytes } from 'node:crypto';
import type { DemoClock } from '../clock/demo-clock';
import type { App } from '../credentials/credentials';
import { randomText } from '../random';
import type { Store } from '../store';
import { WechatError } from './errors';

const CODE_MS = 5 * 60_000;
const LOGINS_A_MINUTE = 100;

interface Code {
  openid: string;
  madeMs: number;
  used: boolean;
}

export interface Login {
  /** What wx.login hands the phone. */
  code(openid: string): string;
  /** What the getPhoneNumber button hands the phone. */
  phoneCode(openid: string): string;
  /** `GET /sns/jscode2session` */
  session(query: Record<string, unknown>): { openid: string; session_key: string; unionid: string };
  /** Spends a phone code; answers whose number it is. */
  spendPhoneCode(code: unknown): string;
}

export function openLogin(store: Store, clock: DemoClock, app: App): Login {
  const codes = store.table<Code>('login-codes');
  const phoneCodes = store.table<Code>('phone-codes');
  const logins = new Map<string, number[]>();

  const make = (table: typeof codes, openid: string) => {
    const code = `0${randomText(31)}`;
    store.write(() => table.put(code, { openid, madeMs: clock.nowMs(), used: false }));
    return code;
  };
  const spend = (table: typeof codes, code: unknown): string => {
    const known = typeof code === 'string' ? table.get(code) : undefined;
    if (typeof code !== 'string' || !known) throw new WechatError(40029, 'invalid code');
    if (known.used) throw new WechatError(40163, 'code been used');
    if (clock.nowMs() - known.madeMs > CODE_MS) throw new WechatError(40029, 'invalid code');
    store.write(() => table.put(code, { ...known, used: true }));
    return known.openid;
  };
  const checkFrequency = (openid: string) => {
    const recent = (logins.get(openid) ?? []).filter((at) => Date.now() - at < 60_000);
    logins.set(openid, [...recent, Date.now()]);
    if (recent.length >= LOGINS_A_MINUTE) throw new WechatError(45011, 'api minute-quota reach limit');
  };

  return {
    code: (openid) => make(codes, openid),
    phoneCode: (openid) => make(phoneCodes, openid),
    session(query) {
      if (query.appid !== app.appid) throw new WechatError(40013, 'invalid appid');
      if (query.secret !== app.secret) throw new WechatError(40125, 'invalid appsecret');
      if (query.grant_type !== 'authorization_code') throw new WechatError(40002, 'invalid grant_type');
      const openid = spend(codes, query.js_code);
      checkFrequency(openid);
      return {
        openid,
        session_key: randomBytes(16).toString('base64'),
        unionid: `oSBXU${createHash('sha256').update(openid).digest('base64url').slice(0, 23)}`,
      };
    },
    spendPhoneCode: (code) => spend(phoneCodes, code),
  };
}
