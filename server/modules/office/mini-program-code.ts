import { AppError } from '../../errors';
import { WeChatError } from '../../platform/wechat/errors';
import type { World } from '../../world';

const PAGE = 'pages/home/index';

/** The code that opens the home page with this campaign, as a data URL. @throws AppError UPSTREAM_UNAVAILABLE */
export async function miniProgramCode(world: World, campaignId: string): Promise<{ image: string }> {
  try {
    const { bytes, contentType } = await world.wechat.getUnlimitedCode({
      scene: `c=${campaignId}`,
      page: PAGE,
    });
    return { image: `data:${contentType};base64,${bytes.toString('base64')}` };
  } catch (cause) {
    if (cause instanceof WeChatError) throw new AppError('UPSTREAM_UNAVAILABLE', {}, { cause });
    throw cause;
  }
}
