import { MiniProgram } from './mini-program';
import type { Network } from './network';
import type { Stub } from './wx';

/** What is outside the app: its network, its person, WeChat. */
export interface Surroundings {
  network: Network;
  /** wx.login's code. */
  loginCode(): string | Promise<string>;
  /** WeChat's cashier. @throws Error('cancel') when the person closes it */
  pay(parameters: Readonly<Record<string, unknown>>): void | Promise<void>;
}

/** A phone on which the app can be started, killed and started again. */
export class Phone {
  private readonly storage = new Map<string, unknown>();
  private photos = 0;

  constructor(private readonly surroundings: Surroundings) {}

  /** Starts the app; again after `kill` it finds what it had stored. */
  launch(): Promise<MiniProgram> {
    return MiniProgram.launch(this.stubs(), this.storage);
  }

  private stubs(): Record<string, Stub> {
    const { surroundings } = this;
    return {
      login: async () => ({ code: await surroundings.loginCode() }),
      request: async ({ url, method, header, data }) => {
        const { status, headers, body } = await surroundings.network({
          url: String(url),
          method: String(method ?? 'GET'),
          headers: lowerCased(header),
          body: String(data ?? ''),
        });
        return { statusCode: status, header: headers, data: body ?? '' };
      },
      uploadFile: async ({ url, header, filePath }) => {
        const headers = lowerCased(header);
        const sent = { url: String(url), method: 'POST', headers, body: '', file: String(filePath) };
        const { status, body } = await surroundings.network(sent);
        return { statusCode: status, data: JSON.stringify(body) };
      },
      requestPayment: async (parameters) => surroundings.pay(parameters),
      chooseMedia: () => {
        this.photos += 1;
        const tempFilePath = `wxfile://photo-${this.photos}.jpg`;
        return { tempFiles: [{ tempFilePath, size: 240_000, width: 1280, height: 808 }] };
      },
      requestSubscribeMessage: () => ({}),
      getNetworkType: () => ({ networkType: 'wifi' }),
      getScreenBrightness: () => ({ value: 0.4 }),
      setScreenBrightness: () => undefined,
      setKeepScreenOn: () => undefined,
      vibrateShort: () => undefined,
      vibrateLong: () => undefined,
      setNavigationBarTitle: () => undefined,
      stopPullDownRefresh: () => undefined,
    };
  }
}

function lowerCased(header: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(Object(header)).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}
