import type { ErrorCode } from '../../shared/contract/errors';
import { ApiError } from '../demo/api-client';

/** A step that the service must refuse with one of these codes. @throws when it does not */
export async function expectRefused(
  codes: readonly ErrorCode[],
  step: () => Promise<unknown>,
): Promise<void> {
  try {
    await step();
  } catch (error) {
    if (error instanceof ApiError && codes.some((code) => code === error.code)) return;
    throw error;
  }
  throw new Error(`was let through, not refused with ${codes.join(' or ')}`);
}
