import { createPrivateKey } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { z } from 'zod';
import type { CallLog } from '../call-log';
import type { Clock } from '../clock';
import type { RandomBytes } from '../crypto/random';
import { type RawAnswer, type StreamedAnswer, type Transport, TransportFailure } from '../http/transport';
import type { MerchantCredentials } from './credentials';
import { isAboutState, WeChatPayError, type WeChatPayOperation } from './errors';
import { findSignatureProblem } from './signature';
import { type SdkHttp, type SdkOutput, SignedRequests } from './signed-requests';
import type { VerificationKeys } from './verification-keys';

type Call = (sdk: SignedRequests) => Promise<SdkOutput>;

/** One request to WeChat Pay and what its answer proves. All methods throw WeChatPayError. */
export interface Exchange {
  /** Reads. Tried again on anything that may pass, within the time limit, signed anew each time. */
  ask(operation: WeChatPayOperation, call: Call): Promise<unknown>;
  /** Acts. Sent once: only the caller knows whether sending it again is safe. */
  command(operation: WeChatPayOperation, success: 200 | 204, call: Call): Promise<unknown>;
  /** Opens a file. Its answer carries no signature: the declared hash stands for it. */
  download(operation: WeChatPayOperation, url: string): Promise<StreamedAnswer>;
  /** For what is signed but not sent. */
  signer(): SignedRequests;
}

export interface ExchangeOptions {
  merchant: MerchantCredentials;
  verificationKeys: VerificationKeys;
  transport: Transport;
  clock: Clock;
  random: RandomBytes;
  /** Limit for a whole operation, further attempts included. */
  timeoutMs: number;
  /** Pause before the second, third … attempt of a read. */
  retryDelaysMs: readonly number[];
  log: CallLog;
}

export function createExchange(options: ExchangeOptions): Exchange {
  const { merchant, verificationKeys, transport, clock, random, timeoutMs, retryDelaysMs, log } = options;
  const source = { clock, random, privateKey: createPrivateKey(merchant.privateKeyPem) };
  const signer = (http: SdkHttp = refusingHttp) => new SignedRequests(merchant, http, source);

  async function sendOnce(operation: WeChatPayOperation, success: number, call: Call, limitMs: number) {
    const http = adaptTransport(transport, verificationKeys, limitMs);
    const { data } = await call(signer(http)).catch((error: unknown) => {
      throw fromTransport(operation, error);
    });
    const answer: RawAnswer = data;
    assertSuccess(operation, success, answer);
    const problem = findSignatureProblem({
      headers: answer.headers,
      rawBody: answer.body,
      keys: verificationKeys,
      now: clock.now(),
    });
    if (problem) throw failure('unauthentic-answer', operation, problem.toUpperCase(), answer);
    return answer.body.length === 0 ? undefined : parseJson(operation, answer);
  }

  async function openOnce(operation: WeChatPayOperation, url: string, limitMs: number) {
    const headers = outgoingHeaders(signer().signedHeaders('GET', url), verificationKeys);
    const opened = await transport
      .stream({ method: 'GET', url, headers, timeoutMs: limitMs })
      .catch((error: unknown) => {
        throw fromTransport(operation, error);
      });
    if (opened.status === 200) return opened;
    const body = Buffer.from(await opened.body.arrayBuffer());
    assertSuccess(operation, 200, { ...opened, body });
    return opened;
  }

  /** Runs `attempt` until it succeeds, cannot be helped, or there is no time left. */
  async function tryAgain<T>(operation: WeChatPayOperation, attempt: (limitMs: number) => Promise<T>) {
    const deadline = performance.now() + timeoutMs;
    for (const pauseMs of retryDelaysMs) {
      try {
        return await attempt(deadline - performance.now());
      } catch (error) {
        if (!mayPass(error) || performance.now() + pauseMs >= deadline) throw error;
        log.warn(factsOf(error), `wechat pay ${operation}: trying again`);
      }
      await sleep(pauseMs);
    }
    return attempt(deadline - performance.now());
  }

  async function logged<T>(operation: WeChatPayOperation, work: Promise<T>): Promise<T> {
    const begun = performance.now();
    const base = () => ({
      operation,
      mchid: merchant.mchid,
      milliseconds: Math.round(performance.now() - begun),
    });
    try {
      const result = await work;
      log.info(base(), 'wechat pay call');
      return result;
    } catch (error) {
      const isNews = error instanceof WeChatPayError && isAboutState(error);
      log[isNews ? 'info' : 'warn']({ ...base(), ...factsOf(error) }, 'wechat pay call failed');
      throw error;
    }
  }

  return {
    ask: (operation, call) =>
      logged(
        operation,
        tryAgain(operation, (limitMs) => sendOnce(operation, 200, call, limitMs)),
      ),
    command: (operation, success, call) => logged(operation, sendOnce(operation, success, call, timeoutMs)),
    download: (operation, url) =>
      logged(
        operation,
        tryAgain(operation, (limitMs) => openOnce(operation, url, limitMs)),
      ),
    signer,
  };
}

/**
 * The SDK hands over what it built and passes our answer through untouched: wrapped in `data`, so that it does not
 * make payment parameters of its own from a prepay_id it finds there.
 */
function adaptTransport(transport: Transport, keys: VerificationKeys, timeoutMs: number): SdkHttp {
  const pass = async (
    method: 'GET' | 'POST',
    url: string,
    headers: Record<string, string>,
    body?: string,
  ) => {
    const outgoing = { method, url, headers: outgoingHeaders(headers, keys), timeoutMs };
    const answer = await transport.send(body === undefined ? outgoing : { ...outgoing, body });
    return { status: answer.status, data: answer };
  };
  return {
    get: (url, headers) => pass('GET', url, headers),
    // Exactly the bytes the SDK has signed.
    post: (url, body, headers) => pass('POST', url, headers, JSON.stringify(body)),
    upload: refusingHttp.upload,
  };
}

const refusingHttp: SdkHttp = {
  get: () => Promise.reject(new Error('this signer sends nothing')),
  post: () => Promise.reject(new Error('this signer sends nothing')),
  upload: () => Promise.reject(new Error('uploads are not used')),
};

/** The signature covers the bytes before compression: asking for none keeps them raw. */
function outgoingHeaders(headers: Record<string, string>, keys: VerificationKeys): Record<string, string> {
  const { 'Accept-Encoding': _, ...rest } = headers;
  const announced = keys.announcedSerial();
  return announced === undefined ? rest : { 'Wechatpay-Serial': announced, ...rest };
}

/** @throws WeChatPayError unless the status is the documented one */
function assertSuccess(operation: WeChatPayOperation, success: number, answer: RawAnswer): void {
  const { status } = answer;
  if (status === success) return;
  const { code, message } = refusal(answer.body);
  if (status === 429) throw failure('rate-limited', operation, code, answer, message);
  if (status >= 400 && status < 500) throw failure('refused', operation, code, answer, message);
  // 202 USERPAYING, 500 SYSTEM_ERROR and whatever a gateway says: WeChat may yet act.
  throw failure('unknown-outcome', operation, code, answer, message);
}

const refusalBody = z.object({ code: z.string().max(64), message: z.string().optional() });

/** A gateway in between may answer HTML. */
function refusal(body: Buffer): { code: string; message?: string | undefined } {
  const parsed = refusalBody.safeParse(jsonOrUndefined(body));
  return parsed.success ? parsed.data : { code: 'NO_CODE' };
}

function parseJson(operation: WeChatPayOperation, answer: RawAnswer): unknown {
  const value = jsonOrUndefined(answer.body);
  if (value === undefined) throw failure('unexpected-answer', operation, 'NOT_JSON', answer);
  return value;
}

function jsonOrUndefined(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}

function failure(
  kind: WeChatPayError['kind'],
  operation: WeChatPayOperation,
  code: string,
  { status, headers }: Omit<RawAnswer, 'body'>,
  detail?: string,
): WeChatPayError {
  const requestId = headers['request-id'];
  return new WeChatPayError({
    kind,
    operation,
    code,
    status,
    requestId: typeof requestId === 'string' ? requestId : undefined,
    detail,
  });
}

function fromTransport(operation: WeChatPayOperation, error: unknown): unknown {
  if (!(error instanceof TransportFailure)) return error;
  const kind = error.sent ? 'unknown-outcome' : 'not-sent';
  return new WeChatPayError({ kind, operation, code: error.code });
}

/** A read that failed by chance. Being told to slow down is not chance. */
const mayPass = (error: unknown) =>
  error instanceof WeChatPayError && (error.kind === 'not-sent' || error.kind === 'unknown-outcome');

const factsOf = (error: unknown) =>
  error instanceof WeChatPayError
    ? { kind: error.kind, code: error.code, status: error.status, requestId: error.requestId }
    : { kind: 'defect', error };
