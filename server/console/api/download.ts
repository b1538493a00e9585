import type { ContractKey } from '../../../shared/contract';
import { hasCode, NoAnswer } from './errors';
import { answerTo, type RequestOf } from './send';
import { session } from './session';

/**
 * Fetches a file of the contract and has the browser save it under the name that the service gave it.
 *
 * @throws ApiError, NoAnswer
 */
export async function download<K extends ContractKey>(key: K, request: RequestOf<K>): Promise<void> {
  const fetchFile = () => answerTo(key, request, { csrfToken: session.csrfToken() });
  const response = await fetchFile().catch(async (error: unknown) => {
    if (!hasCode(error, 'NOT_SIGNED_IN') || !(await session.recover())) throw error;
    return fetchFile();
  });
  const file = await response.blob().catch((cause: unknown) => {
    throw new NoAnswer(cause);
  });
  save(file, nameIn(response.headers.get('content-disposition') ?? ''));
}

export function save(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

/** Chinese names come as filename*=UTF-8''… (RFC 6266). */
function nameIn(disposition: string): string {
  const [, encoded] = /filename\*=UTF-8''([^;]+)/.exec(disposition) ?? [];
  const [, plain] = /filename="([^"]+)"/.exec(disposition) ?? [];
  return encoded ? decodeURIComponent(encoded) : (plain ?? 'download.xlsx');
}
