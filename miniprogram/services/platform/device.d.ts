import type { Platform } from './platform';

/** device.weapp.ts or device.h5.ts: Taro picks the one of the build. */
export const platform: Platform;
