import { z } from 'zod';
import type { CallLog } from '../call-log';
import { type RawAnswer, type Transport, TransportFailure } from '../http/transport';
import type { AccessTokens } from './access-tokens';
import { errorOf, TOKEN_REJECTED, WeChatError, type WeChatOperation } from './errors';

/** One request to api.weixin.qq.com. Errors come as HTTP 200 with `errcode`. All methods throw WeChatError. */
export interface Exchange {
  get(operation: WeChatOperation, path: string, query: Record<string, string>): Promise<RawAnswer>;
  post(operation: WeChatOperation, path: string, body: object): Promise<RawAnswer>;
}

export function createExchange(options: { transport: Transport; timeoutMs: number; log: CallLog }): Exchange {
  const { transport, timeoutMs, log } = options;

  async function send(operation: WeChatOperation, url: string, body?: string): Promise<RawAnswer> {
    const begun = performance.now();
    const facts = () => ({ operation, milliseconds: Math.round(performance.now() - begun) });
    try {
      const answer = await transport.send(
        body === undefined
          ? { method: 'GET', url, headers: { accept: 'application/json' }, timeoutMs }
          : { method: 'POST', url, headers: { 'content-type': 'application/json' }, body, timeoutMs },
      );
      assertAccepted(operation, answer);
      log.info(facts(), 'wechat call');
      return answer;
    } catch (error) {
      const failure = asWeChatError(operation, error);
      // The address holds the secret or a token: it is never logged.
      log.warn({ ...facts(), kind: failure.kind, code: failure.code }, 'wechat call failed');
      throw failure;
    }
  }

  return {
    get: (operation, path, query) => send(operation, `${path}?${new URLSearchParams(query)}`),
    post: (operation, path, body) => send(operation, path, JSON.stringify(body)),
  };
}

/** A call that needs the access token: with another one, once, when WeChat does not accept it. */
export async function postWithToken(
  exchange: Exchange,
  tokens: AccessTokens,
  operation: WeChatOperation,
  path: string,
  body: object,
): Promise<RawAnswer> {
  const token = await tokens.current();
  const attempt = (accessToken: string) =>
    exchange.post(operation, `${path}?${new URLSearchParams({ access_token: accessToken })}`, body);
  try {
    return await attempt(token);
  } catch (error) {
    if (!(error instanceof WeChatError) || !TOKEN_REJECTED.has(Number(error.code))) throw error;
    return attempt(await tokens.renew(token));
  }
}

/** @throws WeChatError unexpected-answer, naming the fields */
export function readAnswer<T>(operation: WeChatOperation, schema: z.ZodType<T>, { body }: RawAnswer): T {
  const read = schema.safeParse(jsonOf(body));
  if (read.success) return read.data;
  const detail = read.error.issues.map(({ path, code }) => `${path.join('.')} ${code}`).join(', ');
  throw new WeChatError({ kind: 'unexpected-answer', operation, code: 'UNEXPECTED_ANSWER', detail });
}

const failed = z.object({ errcode: z.number().int(), errmsg: z.string().default('') });

function assertAccepted(operation: WeChatOperation, { status, body }: RawAnswer): void {
  if (status === 429) throw new WeChatError({ kind: 'rate-limited', operation, code: '429' });
  if (status !== 200) throw new WeChatError({ kind: 'busy', operation, code: String(status) });
  const { success, data } = failed.safeParse(jsonOf(body));
  if (success && data.errcode !== 0) throw errorOf(operation, data.errcode, data.errmsg);
}

/** @returns undefined for a picture */
function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function asWeChatError(operation: WeChatOperation, error: unknown): WeChatError {
  if (error instanceof WeChatError) return error;
  if (error instanceof TransportFailure) {
    return new WeChatError({ kind: 'no-answer', operation, code: error.code });
  }
  throw error;
}
