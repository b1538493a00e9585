import type { ContractKey } from '../../../shared/contract';
import { approval } from './approval';
import { hasCode } from './errors';
import { type AnswerOf, type RequestOf, send } from './send';
import { session } from './session';

/**
 * A request as the signed-in person. When the session has ended it waits until they have signed in again and is sent
 * once more: a 401 means that nothing was done. What asks for a code of the person's authenticator waits for that.
 *
 * @throws ApiError, NoAnswer, NotConfirmed
 */
export async function call<K extends ContractKey>(key: K, request: RequestOf<K>): Promise<AnswerOf<K>> {
  try {
    return await asSignedIn(key, request);
  } catch (error) {
    if (!approval.isAskedFor(error)) throw error;
    return approval.ask(error.code, (code) => asSignedIn(key, request, code));
  }
}

async function asSignedIn<K extends ContractKey>(
  key: K,
  request: RequestOf<K>,
  code = '',
): Promise<AnswerOf<K>> {
  try {
    return await send(key, request, { csrfToken: session.csrfToken(), code });
  } catch (error) {
    if (!hasCode(error, 'NOT_SIGNED_IN') || !(await session.recover())) throw error;
    return send(key, request, { csrfToken: session.csrfToken(), code });
  }
}
