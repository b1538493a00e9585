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
  /** WeChat's question about messages. @throws Error when they are switched off as a whole */
  decideOnMessages?(): 'accept' | 'reject';
}

/** A phone on which the app can be started, killed and started again. */
export class Phone {
  /** Whether WeChat has the person's agreement to the privacy statement already. */
  hasAgreedToPrivacy = true;
  /** What its camera takes: px, bytes. */
  photo = { width: 1280, height: 808, size: 240_000 };
  /** What the app has stored. */
  readonly storage = new Map<string, unknown>();
  private app: MiniProgram | undefined;
  private photos = 0;

  constructor(private readonly surroundings: Surroundings) {}

  /**
   * Starts the app; again after `kill` it finds what it had stored.
   *
   * @param query what a code or a message hands to the first page
   */
  async launch(query: Readonly<Record<string, string>> = {}): Promise<MiniProgram> {
    this.app = await MiniProgram.launch(this.stubs(), this.storage, query);
    return this.app;
  }

  /** As WeChat does before the first use of the camera. @throws Error when the person does not agree */
  private async needPrivacy(): Promise<void> {
    if (this.hasAgreedToPrivacy || !this.app) return;
    const { event } = await this.app.askPrivacy();
    if (event !== 'agree') throw new Error('privacy permission is not authorized');
    this.hasAgreedToPrivacy = true;
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
      chooseMedia: async () => {
        await this.needPrivacy();
        this.photos += 1;
        const tempFilePath = `wxfile://photo-${this.photos}.jpg`;
        return { tempFiles: [{ tempFilePath, size: this.photo.size }] };
      },
      getImageInfo: () => this.photo,
      compressImage: ({ src, compressedWidth, compressedHeight }) => {
        const edge = Number(compressedWidth ?? compressedHeight);
        return { tempFilePath: `${src}-${edge}px` };
      },
      requestSubscribeMessage: ({ tmplIds }) => {
        const decision = surroundings.decideOnMessages?.() ?? 'reject';
        return Object.fromEntries(Array.from(Object(tmplIds), (id) => [String(id), decision]));
      },
      getNetworkType: () => ({ networkType: 'wifi' }),
      getScreenBrightness: () => ({ value: 0.4 }),
      setScreenBrightness: () => undefined,
      setKeepScreenOn: () => undefined,
      setInnerAudioOption: () => undefined,
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
