import { z } from 'zod';
import type { DemoClock } from '../clock/demo-clock';
import type { App } from '../credentials/credentials';
import { jsonOf } from '../http/body';
import { randomText } from '../random';
import type { Store } from '../store';
import { WechatError } from './errors';

const VALID_MS = 7_200_000;
/** The documentation asks for room for 512 characters. */
const TOKEN_LENGTH = 200;

interface Token {
  value: string;
  expiresMs: number;
}

const request = z.object({
  grant_type: z.literal('client_credential'),
  appid: z.string(),
  secret: z.string(),
  force_refresh: z.boolean().optional(),
});

export interface Tokens {
  /** `POST /cgi-bin/stable_token`: the same token until it runs out. */
  issue(rawBody: Buffer): { access_token: string; expires_in: number };
  /** @throws WechatError 40001 for a foreign token, 42001 for one that has run out */
  check(token: unknown): void;
}

export function openTokens(store: Store, clock: DemoClock, app: App): Tokens {
  const table = store.table<Token>('access-token');

  const renew = () => {
    const token = { value: `99_${randomText(TOKEN_LENGTH)}`, expiresMs: clock.nowMs() + VALID_MS };
    store.write(() => {
      const last = table.get('current');
      if (last) table.put('last', last);
      table.put('current', token);
    });
    return token;
  };

  return {
    issue(rawBody) {
      const parsed = request.safeParse(jsonOf(rawBody));
      if (!parsed.success) throw new WechatError(40002, 'invalid grant_type');
      if (parsed.data.appid !== app.appid) throw new WechatError(40013, 'invalid appid');
      if (parsed.data.secret !== app.secret) throw new WechatError(40125, 'invalid appsecret');
      const current = table.get('current');
      const reusable = current && current.expiresMs > clock.nowMs() && !parsed.data.force_refresh;
      const token = reusable ? current : renew();
      return {
        access_token: token.value,
        expires_in: Math.floor((token.expiresMs - clock.nowMs()) / 1000),
      };
    },
    check(token) {
      const current = table.get('current');
      if (typeof token === 'string' && token === table.get('last')?.value && token !== current?.value) {
        throw new WechatError(42001, 'access_token expired');
      }
      if (typeof token !== 'string' || token !== current?.value) {
        throw new WechatError(
          40001,
          'invalid credential, access_token is invalid or not latest, could get access_token by getStableAccessToken, more details at https://mmbizurl.cn/s/JtxxFh33r',
        );
      }
      if (current.expiresMs <= clock.nowMs()) throw new WechatError(42001, 'access_token expired');
    },
  };
}
