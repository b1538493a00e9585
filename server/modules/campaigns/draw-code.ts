import { AppError } from '../../errors';
import { dataUrl } from '../../platform/blobs/data-url';
import { WeChatError } from '../../platform/wechat/errors';
import type { World } from '../../world';

/**
 * A mini-program code (小程序码) as a data URL.
 *
 * @param scene at most 32 characters, which the page finds
 * @param page without leading slash
 * @throws AppError UPSTREAM_UNAVAILABLE
 */
export async function drawCode(
  { wechat }: Pick<World, 'wechat'>,
  code: { scene: string; page: string },
): Promise<string> {
  try {
    return dataUrl(await wechat.getUnlimitedCode(code));
  } catch (cause) {
    if (cause instanceof WeChatError) throw new AppError('UPSTREAM_UNAVAILABLE', {}, { cause });
    throw cause;
  }
}
