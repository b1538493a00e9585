import type { World } from '../../world';

/** The path names the merchant, so that a callback is verified with that merchant's keys. */
export const notifyUrl = (world: Pick<World, 'env'>, mchid: string, kind: 'payment' | 'refund'): string =>
  `${world.env.PUBLIC_URL}/callbacks/wechat-pay/${mchid}/${kind}`;
