import type { ContractKey } from '../../../shared/contract';
import { hasCode, NoAnswer } from './errors';
import { type AnswerOf, addressOf, refusal } from './send';
import { session } from './session';

interface Parts {
  params: Readonly<Record<string, string>>;
  query: Readonly<Record<string, string>>;
}

/**
 * Sends one file as the signed-in person; a session that has ended is renewed first, as with `call`.
 *
 * @throws ApiError, NoAnswer
 */
export async function upload<K extends ContractKey>(key: K, parts: Parts, file: File): Promise<AnswerOf<K>> {
  try {
    return await sendFile(key, parts, file);
  } catch (error) {
    if (!hasCode(error, 'NOT_SIGNED_IN') || !(await session.recover())) throw error;
    return sendFile(key, parts, file);
  }
}

async function sendFile<K extends ContractKey>(
  key: K,
  { params, query }: Parts,
  file: File,
): Promise<AnswerOf<K>> {
  const [method = 'POST', path = ''] = key.split(' ');
  const form = new FormData();
  form.set('file', file, file.name);
  const response = await fetch(addressOf(path, params, query), {
    method,
    credentials: 'same-origin',
    headers: { 'x-csrf-token': session.csrfToken() },
    body: form,
  }).catch((cause: unknown) => {
    throw new NoAnswer(cause);
  });
  if (!response.ok) throw await refusal(response);
  return response.json();
}
