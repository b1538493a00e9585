import type { Contract, ContractKey } from '../../../shared/contract';
import type { Response as Answer, Request } from '../../../shared/contract/endpoint';
import type { ErrorBody } from '../../../shared/contract/errors';
import { ApiError, NoAnswer } from './errors';
import { presenceHeader } from './presence';

export type RequestOf<K extends ContractKey> = Request<Contract[K]>;
export type AnswerOf<K extends ContractKey> = Answer<Contract[K]>;

interface Parts {
  params?: Readonly<Record<string, unknown>>;
  query?: Readonly<Record<string, unknown>>;
  body?: unknown;
}

/**
 * One request of the contract, with the session cookie.
 *
 * @param csrfToken needed by everything but GET and the sign-in
 * @param code of the person's authenticator, where one is asked for
 * @throws ApiError when the service refuses; NoAnswer when none came
 */
export async function send<K extends ContractKey>(
  key: K,
  request: RequestOf<K>,
  { csrfToken = '', code = '' }: { csrfToken?: string; code?: string } = {},
): Promise<AnswerOf<K>> {
  const text = await (await answerTo(key, request, { csrfToken, code })).text();
  // The contract is the server's promise; it is held to it there, not here. An empty 204 becomes null.
  return JSON.parse(text === '' ? 'null' : text);
}

/** The answer as it comes. @throws ApiError when the service refuses; NoAnswer when none came */
export async function answerTo<K extends ContractKey>(
  key: K,
  request: RequestOf<K>,
  { csrfToken = '', code = '' }: { csrfToken?: string; code?: string } = {},
): Promise<Response> {
  const { params = {}, query = {}, body }: Parts = request;
  const [method = 'GET', path = ''] = key.split(' ');
  const response = await fetch(addressOf(path, params, query), {
    method,
    credentials: 'same-origin',
    headers: {
      ...presenceHeader(),
      ...(method === 'GET' ? {} : { 'x-csrf-token': csrfToken }),
      ...(code === '' ? {} : { 'x-code': code }),
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  }).catch((cause: unknown) => {
    throw new NoAnswer(cause);
  });
  if (!response.ok) throw await refusal(response);
  return response;
}

export function addressOf(
  path: string,
  params: NonNullable<Parts['params']>,
  query: NonNullable<Parts['query']>,
): string {
  const filled = path.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(String(params[name] ?? '')));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) search.set(name, String(value));
  return search.size > 0 ? `${filled}?${search}` : filled;
}

/** A proxy in between may answer in its own way; that is no answer of ours. */
export async function refusal(response: Response): Promise<Error> {
  const text = await response.text();
  const { error } = parsed(text);
  if (!error) return new NoAnswer(new Error(`${response.status} ${text.slice(0, 200)}`));
  return new ApiError(response.status, error.code, error.message, error.details ?? {}, error.requestId);
}

function parsed(text: string): Partial<ErrorBody> {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}
