import { type Contract, type ContractKey, contract } from '../../shared/contract';
import type { Endpoint, Request, Response as ResponseOf } from '../../shared/contract/endpoint';
import type { ErrorBody, ErrorCode } from '../../shared/contract/errors';
import { codesOf } from './approver-phone';
import { createSandboxClient, type SandboxClient } from './sandbox-client';

/** The service said no, in its own words. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly status: number,
    readonly code: ErrorCode | 'NOT_JSON',
    message: string,
    readonly details: Readonly<Record<string, unknown>> = {},
  ) {
    super(`${status} ${code}: ${message}`);
  }
}

type Arguments<K extends ContractKey> = keyof Request<Contract[K]> extends never
  ? []
  : [request: Request<Contract[K]>];

/** A caller of the HTTP API as a program: rehearsal, demo seed, tests. One person or device each. */
export interface ApiClient {
  readonly baseUrl: string;
  call<K extends ContractKey>(key: K, ...given: Arguments<K>): Promise<ResponseOf<Contract[K]>>;
  /** With this code of the person's authenticator, '' for none, whatever the endpoint asks for. */
  callWithCode<K extends ContractKey>(
    code: string,
    key: K,
    ...given: Arguments<K>
  ): Promise<ResponseOf<Contract[K]>>;
  /** multipart upload of one file */
  upload<K extends ContractKey>(
    key: K,
    query: Record<string, string>,
    file: Blob,
    params?: Record<string, string>,
  ): Promise<ResponseOf<Contract[K]>>;
  /** The bytes of a file. */
  download<K extends ContractKey>(key: K, ...given: Arguments<K>): Promise<Buffer>;
  /** From now on as this phone. */
  carryToken(token: string): void;
  /** Signs in at the console; the cookie and the CSRF token are kept. Codes to approve with come from the demo's phone. */
  signIn(login: string, password: string): Promise<void>;
}

export interface Observed {
  key: string;
  milliseconds: number;
  status: number;
}

/** @param observe called after every request, for counts and latencies */
export function createApiClient(
  baseUrl: string,
  observe: (seen: Observed) => void = () => undefined,
): ApiClient {
  const headers: Record<string, string> = {};
  let signedInAs = '';
  let lastCode = '';

  async function send(key: string, url: URL, init: RequestInit): Promise<Response> {
    const begun = performance.now();
    const response = await fetch(url, { ...init, headers: { ...headers, ...init.headers } });
    observe({ key, milliseconds: performance.now() - begun, status: response.status });
    return response;
  }

  const client: ApiClient = {
    baseUrl,
    call: (key, ...given) =>
      asksForCode(key, Object(given[0]).body)
        ? approve((code) => client.callWithCode(code, key, ...given))
        : client.callWithCode('', key, ...given),
    async callWithCode(code, key, ...given) {
      const { params, query, body } = (given[0] ?? {}) as { params?: object; query?: object; body?: unknown };
      const address = addressOf(baseUrl, key, { ...params }, { ...query });
      return read(await send(key, address, requestInit(key, body, code)));
    },
    async upload(key, query, file, params = {}) {
      const form = new FormData();
      form.set('file', file, file instanceof File ? file.name : 'photo.jpg');
      return read(await send(key, addressOf(baseUrl, key, params, query), { method: 'POST', body: form }));
    },
    async download(key, ...given) {
      const { params, query, body } = (given[0] ?? {}) as { params?: object; query?: object; body?: unknown };
      const address = addressOf(baseUrl, key, { ...params }, { ...query });
      const response = await send(key, address, requestInit(key, body));
      if (!response.ok) await read(response);
      return Buffer.from(await response.arrayBuffer());
    },
    carryToken(token) {
      headers.authorization = `Bearer ${token}`;
    },
    async signIn(login, password) {
      const key = 'POST /api/console/login';
      const response = await send(key, addressOf(baseUrl, key, {}, {}), {
        method: 'POST',
        body: JSON.stringify({ login, password }),
        headers: { 'content-type': 'application/json' },
      });
      const cookie = response.headers.getSetCookie().map((line) => line.split(';')[0]);
      const { csrfToken } = await read<{ csrfToken: string }>(response);
      headers.cookie = cookie.join('; ');
      headers['x-csrf-token'] = csrfToken;
      signedInAs = login;
      headers['x-present'] = '1';
    },
  };
  return client;

  /** Looks at the phone of the person who is signed in; a code that was used already gives way to the next. */
  async function approve<T>(ask: (code: string) => Promise<T>): Promise<T> {
    for await (const code of codesOf(await sandboxOf(baseUrl), signedInAs)) {
      if (code === lastCode) continue;
      lastCode = code;
      try {
        return await ask(code);
      } catch (error) {
        if (!isRefusal(error, 'CODE_USED')) throw error;
      }
    }
    throw new Error('codes never end');
  }
}

/** As the contract says where. */
function asksForCode(key: ContractKey, body: unknown): boolean {
  const { secondFactor }: Endpoint = contract[key];
  return secondFactor === 'always' || (secondFactor === 'to-approve' && Object(body).decision === 'approve');
}

const isRefusal = (error: unknown, code: ErrorCode): boolean =>
  error instanceof ApiError && error.code === code;

/** The sandbox that a service in demonstration says it follows. */
async function sandboxOf(baseUrl: string): Promise<SandboxClient> {
  const { demo } = await read<{ demo: { control: string } | null }>(
    await fetch(new URL('/config.json', baseUrl)),
  );
  if (!demo) throw new Error(`${baseUrl} is no demonstration: nobody here can read a code from a phone`);
  return createSandboxClient(demo.control);
}

function requestInit(key: string, body: unknown, code = ''): RequestInit {
  const [method = 'GET'] = key.split(' ');
  return {
    method,
    headers: {
      ...(code === '' ? {} : { 'x-code': code }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  };
}

function addressOf(
  baseUrl: string,
  key: string,
  params: Record<string, unknown>,
  query: Record<string, unknown>,
): URL {
  const [, path = ''] = key.split(' ');
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name] ?? '')));
  const url = new URL(filled, baseUrl);
  for (const [name, value] of Object.entries(query))
    if (value !== undefined) url.searchParams.set(name, String(value));
  return url;
}

async function read<T>(response: Response): Promise<T> {
  const text = await response.text();
  if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as T;
  let body: ErrorBody;
  try {
    body = JSON.parse(text) as ErrorBody;
  } catch {
    throw new ApiError(response.status, 'NOT_JSON', text.slice(0, 200));
  }
  throw new ApiError(response.status, body.error.code, body.error.message, body.error.details);
}
