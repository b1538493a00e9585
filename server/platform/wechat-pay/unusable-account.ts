import { SettingError } from '../crypto/settings';
import { WeChatPayError } from './errors';
import { UnknownMerchant } from './merchant-gateways';

/** WeChat's words for: these keys, or this account, are not what they should be. */
const REFUSALS: ReadonlySet<string> = new Set([
  'SIGN_ERROR',
  'NO_AUTH',
  'MCH_NOT_EXISTS',
  'APPID_MCHID_NOT_MATCH',
]);

/** Whether nothing will go through this account before somebody mends its keys: waiting does not help. */
export const isAccountUnusable = (error: unknown): boolean =>
  error instanceof SettingError ||
  error instanceof UnknownMerchant ||
  (error instanceof WeChatPayError && error.kind === 'refused' && REFUSALS.has(error.code));
