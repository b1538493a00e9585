import Taro from '@tarojs/taro';

const DOUBLE_TAP_MS = 500;
let last = { url: '', at: 0 };

/** Moving between pages is the same on both targets. */
export const pages = {
  openPage(url: string) {
    const now = Date.now();
    if (url === last.url && now - last.at < DOUBLE_TAP_MS) return;
    last = { url, at: now };
    void Taro.navigateTo({ url });
  },
  replacePage(url: string) {
    void Taro.redirectTo({ url });
  },
  backOr(url: string) {
    if (Taro.getCurrentPages().length > 1) void Taro.navigateBack();
    else void Taro.reLaunch({ url });
  },
  scrollToTop() {
    void Taro.pageScrollTo({ scrollTop: 0, duration: 0 });
  },
  backToStart(url: string) {
    void Taro.reLaunch({ url });
  },
};
