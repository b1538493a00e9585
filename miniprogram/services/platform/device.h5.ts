import { demo } from '../../demo/demo';
import { pages } from './pages';
import { type HttpAnswer, PHOTO_MAX_EDGE_PX, type Platform, PlatformError, Unreachable } from './platform';
import { canNotify } from './templates';
import { toneFile } from './tone';

/** The browser. What only WeChat can do is asked of the sandbox, through demo/. */
export const platform: Platform = {
  ...pages,
  apiOrigin: '',
  addressOf: (page, scene) => `${window.location.origin}/#/${page}?scene=${encodeURIComponent(scene)}`,
  loginCode: () => demo.loginCode(),
  async earlySignIn() {
    const begun = window.earlySignIn;
    window.earlySignIn = undefined;
    return (await begun) ?? null;
  },
  earlyAnswer: () => window.earlyAnswer ?? null,
  pay: (parameters) => demo.pay(parameters),
  canNotify,
  askToNotify: (kinds) => demo.askToNotify(kinds),

  async request({ method, url, headers, body, timeoutMs }) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), timeoutMs);
    try {
      const answer = await fetch(url, {
        method,
        headers: body === undefined ? { ...headers } : { 'content-type': 'application/json', ...headers },
        body: body === undefined ? null : JSON.stringify(body),
        signal: patience.signal,
        cache: 'no-store',
      });
      const text = await answer.text();
      return { status: answer.status, headers: Object.fromEntries(answer.headers), body: parseJson(text) };
    } catch (error) {
      throw new Unreachable(String(error));
    } finally {
      clearTimeout(timer);
    }
  },

  async upload({ url, headers, file, timeoutMs, onProgress }) {
    const picture = await (await fetch(file)).blob();
    // fetch tells nothing of the progress of an upload.
    return new Promise<HttpAnswer>((resolve, reject) => {
      const form = new FormData();
      form.append('file', picture, 'photo.jpg');
      const sending = new XMLHttpRequest();
      sending.open('POST', url);
      sending.timeout = timeoutMs;
      for (const [name, value] of Object.entries(headers)) sending.setRequestHeader(name, value);
      sending.upload.onprogress = ({ loaded, total }) => onProgress?.(Math.round((100 * loaded) / total));
      sending.onload = () =>
        resolve({ status: sending.status, headers: {}, body: parseJson(sending.responseText) });
      sending.onerror = () => reject(new Unreachable('upload'));
      sending.ontimeout = () => reject(new Unreachable('timeout'));
      sending.send(form);
    });
  },

  async choosePhoto(from, what) {
    const chosen = await demo.choosePhoto(from, what);
    if (!chosen) return null;
    const small = await shrink(chosen);
    return { path: URL.createObjectURL(small), size: small.size };
  },
  canScan: false,
  scanCode: async () => null,

  storage: {
    read: (key) => parseJson(localStorage.getItem(key) ?? ''),
    write: (key, value) => localStorage.setItem(key, JSON.stringify(value)),
    remove: (key) => localStorage.removeItem(key),
  },

  // A page cannot set the brightness of a screen.
  brighten: async () => () => undefined,
  keepScreenOn: (on) => void stayAwake(on),

  isOnline: async () => navigator.onLine,
  onNetworkChange(listener) {
    const heard = () => listener(navigator.onLine);
    window.addEventListener('online', heard);
    window.addEventListener('offline', heard);
    return () => {
      window.removeEventListener('online', heard);
      window.removeEventListener('offline', heard);
    };
  },

  // A browser asks by itself, and scales text by itself.
  onPrivacyAsked: () => undefined,
  openPrivacyStatement: () => undefined,
  textScale: () => 1,
  screen: () => ({ widthPx: window.innerWidth, pixelRatio: window.devicePixelRatio }),

  vibrate: (strength) => void navigator.vibrate?.(strength === 'heavy' ? 200 : 30),
  // Browsers refuse sound before the first tap; a verdict is still seen and felt.
  beep: (pitch) => void new Audio(soundOf(pitch)).play().catch(() => undefined),
  copy: (text) => navigator.clipboard.writeText(text),
  call: (phone) => window.open(`tel:${phone}`, '_self'),
};

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Empty (204, 304) or a gateway's page: for the client both are an answer without a body.
    return undefined;
  }
}

const sounds: Partial<Record<'high' | 'low', string>> = {};

function soundOf(pitch: 'high' | 'low'): string {
  sounds[pitch] ??= URL.createObjectURL(new Blob([toneFile(pitch)], { type: 'audio/wav' }));
  return sounds[pitch];
}

/** @throws PlatformError for a file that is no picture, or one this browser cannot read */
async function shrink(picture: Blob): Promise<Blob> {
  const bitmap = await createImageBitmap(picture).catch(() => {
    throw new PlatformError('这张图片打不开，请换一张，或直接手动填写。');
  });
  const scale = Math.min(1, PHOTO_MAX_EDGE_PX / Math.max(bitmap.width, bitmap.height));
  if (scale === 1 && picture.type === 'image/jpeg') return picture;
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(bitmap.width * scale);
  canvas.height = Math.round(bitmap.height * scale);
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve) => canvas.toBlob((small) => resolve(small ?? picture), 'image/jpeg', 0.85));
}

let awake: WakeLockSentinel | null = null;

async function stayAwake(on: boolean): Promise<void> {
  if (!('wakeLock' in navigator)) return;
  await awake?.release();
  awake = null;
  // Refused on low battery or in a hidden page: the screen then dims as it always does.
  if (on) awake = await navigator.wakeLock.request('screen').catch(() => null);
}
