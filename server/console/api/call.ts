import type { ContractKey } from '../../../shared/contract';
import { hasCode } from './errors';
import { type AnswerOf, type RequestOf, send } from './send';
import { session } from './session';

/**
 * A request as the signed-in person. When the session has ended it waits until they have signed in again and is sent
 * once more: a 401 means that nothing was done.
 *
 * @throws ApiError, NoAnswer
 */
export async function call<K extends ContractKey>(key: K, request: RequestOf<K>): Promise<AnswerOf<K>> {
  try {
    return await send(key, request, session.csrfToken());
  } catch (error) {
    if (!hasCode(error, 'NOT_SIGNED_IN') || !(await session.recover())) throw error;
    return send(key, request, session.csrfToken());
  }
}
