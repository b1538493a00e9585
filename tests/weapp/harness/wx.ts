/** A stub of one wx function: its result, or a throw for `fail`. */
export type Stub = (options: Readonly<Record<string, unknown>>) => unknown;

interface Callbacks {
  success?(result: object): void;
  fail?(error: object): void;
  complete?(result: object): void;
}

/**
 * Gives a stub the manners of the base library (2.10.2 and later): callbacks when there are any, a Promise otherwise,
 * and never an answer before the caller has gone on.
 */
export function asWx(name: string, stub: Stub, onCall: (name: string, options: object) => void) {
  return (options: Record<string, unknown> & Callbacks = {}): Promise<object> | undefined => {
    onCall(name, options);
    const answer = later()
      .then(() => stub(options))
      .then(
        (result) => ({ errMsg: `${name}:ok`, ...Object(result) }),
        (error: unknown) => {
          throw { errMsg: `${name}:fail ${error instanceof Error ? error.message : String(error)}` };
        },
      );
    const { success, fail, complete } = options;
    if (!success && !fail && !complete) return answer;
    answer.then(
      (result: object) => {
        success?.(result);
        complete?.(result);
      },
      (error: object) => {
        fail?.(error);
        complete?.(error);
      },
    );
    return undefined;
  };
}

export const later = (ms = 0) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** wx functions that answer at once and are the same in every test. */
export const PLAIN_WX = {
  canIUse: () => true,
  nextTick: (work: () => void) => setTimeout(work),
  getWindowInfo: () => ({ windowWidth: 375, windowHeight: 603, pixelRatio: 2, statusBarHeight: 20 }),
  getSystemInfoSync: () => ({
    platform: 'devtools',
    windowWidth: 375,
    windowHeight: 603,
    pixelRatio: 2,
    SDKVersion: '3.4.0',
  }),
  getAppBaseInfo: () => ({ SDKVersion: '3.4.0', language: 'zh_CN' }),
  getDeviceInfo: () => ({ platform: 'devtools' }),
  getLaunchOptionsSync: () => ({ path: '', query: {}, scene: 1001 }),
  getEnterOptionsSync: () => ({ path: '', query: {}, scene: 1001 }),
  onAppShow: () => undefined,
  onAppHide: () => undefined,
  onError: () => undefined,
  onPageNotFound: () => undefined,
  onUnhandledRejection: () => undefined,
  onNetworkStatusChange: () => undefined,
  offNetworkStatusChange: () => undefined,
};

/** Storage as wx has it: '' for what was never written. */
export function memoryStorage(kept = new Map<string, unknown>()) {
  return {
    getStorageSync: (key: string) => kept.get(key) ?? '',
    setStorageSync: (key: string, value: unknown) => void kept.set(key, structuredCloneOf(value)),
    removeStorageSync: (key: string) => void kept.delete(key),
  };
}

const structuredCloneOf = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
