import Taro from '@tarojs/taro';
import { copy } from '../../copy';
import { pages } from './pages';
import {
  type HttpAnswer,
  PHOTO_MAX_EDGE_PX,
  type Photo,
  type Platform,
  PlatformError,
  Unreachable,
} from './platform';
import { canNotify, templates } from './templates';
import { toneFile } from './tone';

/** WeChat's own text at the middle of its font setting. */
const USUAL_TEXT_PX = 17;
const LARGEST_TEXT = 1.4;
/** A picture that is larger is made smaller although it has few px. */
const MOST_BYTES = 1_000_000;
/** The settings know nothing of this refusal: it is asked anew. */
const NO_PRIVACY = '没有同意隐私指引，用不了相机和相册。再点一次可以重新选择，也可以手动填写。';

interface PrivacyAnswer {
  event: 'agree' | 'disagree';
  buttonId?: string;
}

export const platform: Platform = {
  ...pages,
  openPage(url) {
    if (isOpening) return;
    isOpening = true;
    void openOrSay(url).finally(() => {
      isOpening = false;
    });
  },
  apiOrigin: API_ORIGIN,
  addressOf: () => null,

  async loginCode() {
    const { code } = await Taro.login();
    if (!code) throw new PlatformError('微信没有返回登录凭证，请重新打开小程序。');
    return code;
  },

  earlySignIn: async () => null,
  earlyAnswer: () => null,

  async request({ method, url, headers, body, timeoutMs }) {
    try {
      const answer = await Taro.request({
        url,
        // PATCH is not in wx.request; no endpoint of the phone uses it.
        method: method === 'PATCH' ? 'POST' : method,
        header: { 'content-type': 'application/json', ...headers },
        data: body === undefined ? undefined : JSON.stringify(body),
        timeout: timeoutMs,
      });
      return { status: answer.statusCode, headers: lowerCased(answer.header), body: answer.data };
    } catch (error) {
      throw new Unreachable(messageOf(error));
    }
  },

  upload({ url, headers, file, timeoutMs, onProgress }) {
    return new Promise<HttpAnswer>((resolve, reject) => {
      const task = Taro.uploadFile({
        url,
        header: headers,
        filePath: file,
        name: 'file',
        timeout: timeoutMs,
        success: (answer) =>
          resolve({ status: answer.statusCode, headers: {}, body: parseJson(answer.data) }),
        fail: (error) => reject(new Unreachable(messageOf(error))),
      });
      if (onProgress) task.progress(({ progress }) => onProgress(progress));
    });
  },

  async pay(parameters) {
    try {
      await Taro.requestPayment({
        timeStamp: parameters.timeStamp,
        nonceStr: parameters.nonceStr,
        package: parameters.package,
        signType: parameters.signType,
        paySign: parameters.paySign,
      });
      return 'done';
    } catch (error) {
      return /cancel/.test(messageOf(error)) ? 'cancelled' : 'failed';
    }
  },

  async choosePhoto(from) {
    try {
      const { tempFiles } = await Taro.chooseMedia({
        count: 1,
        mediaType: ['image'],
        sourceType: [from],
        sizeType: ['compressed'],
        camera: 'back',
      });
      const [chosen] = tempFiles;
      if (!chosen) return null;
      return await shrink(chosen.tempFilePath, chosen.size);
    } catch (error) {
      return closedOrRefused(error, '没有相机或相册权限，请在右上角“设置”里打开。');
    }
  },

  canScan: true,
  async scanCode() {
    try {
      const { result } = await Taro.scanCode({ scanType: ['qrCode', 'barCode'] });
      return result;
    } catch (error) {
      return closedOrRefused(error, '打不开相机，请在右上角“设置”里允许使用相机。');
    }
  },

  storage: {
    // wx answers '' for a key that was never written.
    read: (key) => {
      const value: unknown = Taro.getStorageSync(key);
      return value === '' ? undefined : value;
    },
    write: (key, value) => Taro.setStorageSync(key, value),
    remove: (key) => Taro.removeStorageSync(key),
  },

  async brighten() {
    const { value } = await Taro.getScreenBrightness();
    await Taro.setScreenBrightness({ value: 1 });
    return () => void Taro.setScreenBrightness({ value });
  },
  keepScreenOn: (on) => void Taro.setKeepScreenOn({ keepScreenOn: on }),

  async isOnline() {
    const { networkType } = await Taro.getNetworkType();
    return networkType !== 'none';
  },
  onNetworkChange(listener) {
    const heard = ({ isConnected }: { isConnected: boolean }) => listener(isConnected);
    Taro.onNetworkStatusChange(heard);
    return () => Taro.offNetworkStatusChange(heard);
  },

  canNotify,
  async askToNotify(kinds) {
    const wanted = kinds.filter((kind) => templates[kind] !== undefined);
    const tmplIds = wanted.map((kind) => templates[kind] ?? '');
    if (tmplIds.length === 0) return [];
    try {
      const answers = Object.entries(await Taro.requestSubscribeMessage({ tmplIds, entityIds: [] }));
      const accepted = new Set(answers.filter(([, answer]) => answer === 'accept').map(([id]) => id));
      return wanted.filter((kind) => accepted.has(templates[kind] ?? ''));
    } catch {
      // Messages switched off as a whole, or not from a tap: the journey goes on without them.
      return [];
    }
  },

  onPrivacyAsked(ask) {
    // Absent before base library 2.32.3, where WeChat does not ask either.
    Taro.onNeedPrivacyAuthorization?.((resolve: (answer: PrivacyAnswer) => void) => {
      ask((agrees) =>
        resolve(agrees ? { event: 'agree', buttonId: 'agree-privacy' } : { event: 'disagree' }),
      );
    });
  },
  openPrivacyStatement: () => void Taro.openPrivacyContract(),
  textScale() {
    // Only the synchronous call has it in all base libraries.
    const { fontSizeSetting = USUAL_TEXT_PX } = Taro.getSystemInfoSync();
    return Math.min(LARGEST_TEXT, Math.max(1, fontSizeSetting / USUAL_TEXT_PX));
  },

  screen() {
    const { windowWidth, pixelRatio } = Taro.getWindowInfo();
    return { widthPx: windowWidth, pixelRatio };
  },

  vibrate(strength) {
    if (strength === 'heavy') void Taro.vibrateLong();
    else void Taro.vibrateShort({ type: 'light' });
  },
  beep(pitch) {
    const sound = soundOf(pitch);
    sound.stop();
    sound.play();
  },
  copy: async (text) => void (await Taro.setClipboardData({ data: text })),
  call: (phone) => void Taro.makePhoneCall({ phoneNumber: phone }),
};

let isOpening = false;

/** WeChat keeps ten pages; and one that was never loaded does not come without network. */
async function openOrSay(url: string): Promise<void> {
  try {
    await Taro.navigateTo({ url });
  } catch (error) {
    if (/limit/.test(messageOf(error))) await Taro.redirectTo({ url });
    else await Taro.showToast({ title: copy.errors.pageNotLoaded, icon: 'none', duration: 3_000 });
  }
}

const sounds: Partial<Record<'high' | 'low', Taro.InnerAudioContext>> = {};

/** WeChat plays files, no data URLs; and a phone that was muted in a lecture must still be heard at the door. */
function soundOf(pitch: 'high' | 'low'): Taro.InnerAudioContext {
  const known = sounds[pitch];
  if (known) return known;
  const path = `${Taro.env.USER_DATA_PATH}/tone-${pitch}.wav`;
  Taro.getFileSystemManager().writeFileSync(path, toneFile(pitch).buffer);
  void Taro.setInnerAudioOption({ obeyMuteSwitch: false, mixWithOther: true });
  const sound = Taro.createInnerAudioContext();
  sound.src = path;
  sounds[pitch] = sound;
  return sound;
}

/** Of a picture chooseMedia tells no width and height: those it gives are a film's. */
async function shrink(path: string, size: number): Promise<Photo> {
  const { width, height } = await Taro.getImageInfo({ src: path });
  const longEdge = Math.max(width, height);
  if (longEdge <= PHOTO_MAX_EDGE_PX && size < MOST_BYTES) return { path, size };
  const edge = Math.min(longEdge, PHOTO_MAX_EDGE_PX);
  const { tempFilePath } = await Taro.compressImage({
    src: path,
    quality: 80,
    ...(width >= height ? { compressedWidth: edge } : { compressedHeight: edge }),
  });
  return { path: tempFilePath, size };
}

function lowerCased(headers: object | undefined): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers ?? {}).map(([name, value]) => [name.toLowerCase(), String(value)]),
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // An answer that is no JSON is not from our API (a gateway's page): the client treats it as one without a body.
    return undefined;
  }
}

function closedOrRefused(error: unknown, sentence: string): null {
  const message = messageOf(error);
  if (/cancel/.test(message)) return null;
  throw new PlatformError(/privacy/.test(message) ? NO_PRIVACY : sentence);
}

/** wx fails with `{errMsg}`, which is no Error. */
function messageOf(error: unknown): string {
  if (error instanceof Error) return error.message;
  return typeof error === 'object' && error !== null && 'errMsg' in error
    ? String(error.errMsg)
    : String(error);
}
