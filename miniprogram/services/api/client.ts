import type { Contract, ContractKey } from '../../../shared/contract';
import type { Request, Response } from '../../../shared/contract/endpoint';
import { copy } from '../../copy';
import { freshId } from '../ids';
import { type HttpAnswer, type HttpRequest, platform, Unreachable } from '../platform';
import { ApiError, errorOfBody, isRecord } from './errors';
import { callerOf, forgetToken, keepToken, storedToken } from './session';

export type Answer<K extends ContractKey> = Response<Contract[K]>;
export type Parts<K extends ContractKey> = Request<Contract[K]>;

const TIMEOUT_MS = 10_000;
/** The server itself waits for the four-factor check, the OCR or WeChat Pay. */
const PATIENT_TIMEOUT_MS = 25_000;
const PATIENT = /verification|-photos|\/pay$|payment-check/;
const RETRY_PAUSE_MS = 400;

/** For a caller who has another way than to wait. */
export interface Patience {
  timeoutMs: number;
  /** Whether to try once more when no answer came. */
  again: boolean;
}

interface Sending {
  method: HttpRequest['method'];
  path: string;
  url: string;
  body: unknown;
  headers: Record<string, string>;
  patience?: Patience;
}

/**
 * Calls an endpoint of the contract by its key.
 *
 * @throws ApiError with the server's own sentence, or code NO_NETWORK when no answer came
 */
export async function call<K extends ContractKey>(
  key: K,
  parts: Parts<K>,
  patience?: Patience,
): Promise<Answer<K>> {
  const answer = await exchange({ ...sendingOf(key, parts), ...(patience && { patience }) });
  return answer.body as Answer<K>;
}

const seen = new Map<string, { etag: string; body: unknown }>();

/** As `call`, for GET endpoints with an ETag: an unchanged answer costs an empty 304 and is the same object again. */
export async function poll<K extends ContractKey & `GET ${string}`>(
  key: K,
  parts: Parts<K>,
): Promise<Answer<K>> {
  const sending = sendingOf(key, parts);
  const before = seen.get(sending.url);
  if (before) sending.headers['if-none-match'] = before.etag;
  const answer = await exchange(sending);
  if (answer.status === 304 && before) return before.body as Answer<K>;
  const { etag } = answer.headers;
  if (etag) seen.set(sending.url, { etag, body: answer.body });
  return answer.body as Answer<K>;
}

/** Sends one picture. @param onProgress percent, 0–100 */
export async function upload<K extends ContractKey & `POST /api/me/${string}-photos`>(
  key: K,
  parts: Parts<K>,
  file: string,
  onProgress?: (percent: number) => void,
): Promise<Answer<K>> {
  const sending = sendingOf(key, parts);
  const answer = await signedIn(sending, (headers) =>
    platform.upload({
      url: sending.url,
      headers,
      file,
      timeoutMs: PATIENT_TIMEOUT_MS,
      ...(onProgress && { onProgress }),
    }),
  );
  return answer.body as Answer<K>;
}

function sendingOf<K extends ContractKey>(key: K, parts: Parts<K>): Sending {
  const { params, query, body } = parts as { params?: unknown; query?: unknown; body?: unknown };
  const [method = '', template = ''] = key.split(' ');
  const values = isRecord(params) ? params : {};
  const path = template.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(values[name])));
  return {
    method: method as Sending['method'],
    path,
    url: platform.apiOrigin + path + queryOf(query),
    body,
    headers: { 'x-request-id': freshId() },
  };
}

function queryOf(query: unknown): string {
  const pairs = Object.entries(isRecord(query) ? query : {})
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(String(value))}`);
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

function exchange(sending: Sending): Promise<HttpAnswer> {
  const { method, url, body, path } = sending;
  const timeoutMs = sending.patience?.timeoutMs ?? (PATIENT.test(path) ? PATIENT_TIMEOUT_MS : TIMEOUT_MS);
  return signedIn(sending, (headers) => platform.request({ method, url, body, headers, timeoutMs }));
}

/** Adds the caller's token; when the student's has ended, signs in anew and tries once more. */
async function signedIn(
  sending: Sending,
  send: (headers: Record<string, string>) => Promise<HttpAnswer>,
): Promise<HttpAnswer> {
  const caller = callerOf(sending.path);
  const withToken = async () => {
    const token = caller === 'student' ? await studentToken() : caller === 'staff' && storedToken('staff');
    return send(token ? { ...sending.headers, authorization: `Bearer ${token}` } : sending.headers);
  };
  const once = async () => successOf(await persist(sending, withToken), sending);
  try {
    return await once();
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'NOT_SIGNED_IN' || caller !== 'student') throw error;
    forgetToken('student');
    return once();
  }
}

/** Asks for somebody by name: a read, whose question does not belong into an address. */
const SEARCH = /\/search$/;

/** One more try, where trying twice cannot do a thing twice: reads, and intentions that carry a nonce. */
async function persist(sending: Sending, send: () => Promise<HttpAnswer>): Promise<HttpAnswer> {
  const isRead = sending.method === 'GET' || SEARCH.test(sending.path);
  const isRepeatable = isRead || (isRecord(sending.body) && 'nonce' in sending.body);
  const isSafe = isRepeatable && (sending.patience?.again ?? true);
  try {
    const answer = await send();
    if (!isSafe || (answer.status !== 502 && answer.status !== 503)) return answer;
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
    if (!isSafe) throw noNetwork(sending);
  }
  await new Promise((resolve) => setTimeout(resolve, RETRY_PAUSE_MS));
  try {
    return await send();
  } catch (error) {
    throw error instanceof Unreachable ? noNetwork(sending) : error;
  }
}

function successOf(answer: HttpAnswer, sending: Sending): HttpAnswer {
  if ((answer.status >= 200 && answer.status < 300) || answer.status === 304) return answer;
  const error = errorOfBody(answer.body);
  const requestId = error?.requestId || sending.headers['x-request-id'] || '';
  throw new ApiError(
    error?.code ?? 'INTERNAL',
    error?.message ?? copy.errors.gateway,
    error?.details ?? {},
    requestId,
    answer.status,
  );
}

function noNetwork(sending: Sending): ApiError {
  return new ApiError('NO_NETWORK', copy.errors.noNetwork, {}, sending.headers['x-request-id'] ?? '', 0);
}

async function studentToken(): Promise<string> {
  return storedToken('student') ?? (await signIn()).token;
}

type SignIn = Answer<'POST /api/login/wechat'>;
let signingIn: Promise<SignIn> | undefined;

/** Ten pages may ask at once; WeChat is asked once. */
function signIn(): Promise<SignIn> {
  signingIn ??= askToSignIn().finally(() => {
    signingIn = undefined;
  });
  return signingIn;
}

async function askToSignIn(): Promise<SignIn> {
  const answer = (await platform.earlySignIn()) ?? (await signInNow());
  keepToken('student', answer.token);
  return answer;
}

const signInNow = async () =>
  call('POST /api/login/wechat', { body: { code: await platform.loginCode(), withHome: true } });

/** The home page as it came with the sign-in; null for who is signed in already. @throws ApiError */
export async function homeOfSignIn(): Promise<SignIn['home']> {
  return storedToken('student') ? null : (await signIn()).home;
}
