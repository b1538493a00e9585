import { FakeApi, NoAnswer } from '../../support/fake-api';
import { MiniProgram } from './mini-program';
import type { Stub } from './wx';

/** A phone whose network leads to a fake API and whose WeChat always knows the person. */
export class Phone {
  readonly api = new FakeApi();
  /** What the person does at WeChat's cashier. */
  cashier: 'pay' | 'cancel' = 'pay';
  private readonly storage = new Map<string, unknown>();

  /** Starts the app; again after `kill` it finds what it had stored. */
  launch(): Promise<MiniProgram> {
    return MiniProgram.launch(this.stubs(), this.storage);
  }

  private stubs(): Record<string, Stub> {
    return {
      login: () => ({ code: 'wechat-code' }),
      request: ({ url, method, header, data }) =>
        this.send(String(url), String(method ?? 'GET'), header, data),
      uploadFile: ({ url, header }) => {
        const { statusCode, data } = this.send(String(url), 'POST', header, '');
        return { statusCode, data: JSON.stringify(data) };
      },
      requestPayment: () => {
        if (this.cashier === 'cancel') throw new Error('cancel');
        this.api.hasPaid = true;
      },
      chooseMedia: () => ({
        tempFiles: [{ tempFilePath: 'wxfile://id.jpg', size: 240_000, width: 1280, height: 808 }],
      }),
      requestSubscribeMessage: () => ({}),
      getNetworkType: () => ({ networkType: 'wifi' }),
      getScreenBrightness: () => ({ value: 0.4 }),
      setScreenBrightness: () => undefined,
      setKeepScreenOn: () => undefined,
      setNavigationBarTitle: () => undefined,
      stopPullDownRefresh: () => undefined,
    };
  }

  private send(url: string, method: string, header: unknown, data: unknown) {
    const headers: Record<string, string> = Object.fromEntries(
      Object.entries(Object(header)).map(([name, value]) => [name.toLowerCase(), String(value)]),
    );
    try {
      const answer = this.api.answer({ url, method, headers, body: data });
      return { statusCode: answer.status, header: answer.headers, data: answer.body ?? '' };
    } catch (error) {
      throw error instanceof NoAnswer ? new Error('timeout') : error;
    }
  }
}
