import type { Contract } from '../../../shared/contract';
import type { Response } from '../../../shared/contract/endpoint';
import type { PaymentParameters } from '../../../shared/contract/payments';
import type { MessageKind } from '../../../shared/domain/messages';

/**
 * Everything the app takes from the phone it runs on. `device.weapp.ts` asks WeChat, `device.h5.ts` asks the browser
 * and, for what only WeChat can do (login, payment), the sandbox; the compiler picks one by its ending.
 */
export interface Platform {
  /** Origin of the API, '' for the page's own. */
  readonly apiOrigin: string;

  /**
   * The one-time code that the server exchanges for a session.
   * @throws PlatformError when WeChat (or the sandbox) gives none
   */
  loginCode(): Promise<string>;

  /**
   * What came of a sign-in that began while the app was still loading; null where there was none or it failed. Answers
   * once: the next sign-in is a new one.
   */
  earlySignIn(): Promise<SignIn | null>;
  /** What `earlySignIn` will answer, where that is known already: a first page without a skeleton before it. */
  earlyAnswer(): SignIn | null;

  /** Sends one HTTP request; an answer of any status is an answer. @throws Unreachable */
  request(request: HttpRequest): Promise<HttpAnswer>;
  /** Sends one file as the multipart field "file". @throws Unreachable */
  upload(request: UploadRequest): Promise<HttpAnswer>;

  /** Opens WeChat's cashier. Whatever it says, only the server knows whether money has moved. */
  pay(parameters: WechatPayment): Promise<CashierOutcome>;

  /**
   * A photo no longer than 1600 px, as JPEG; null when the person closes the chooser. `what` lets a demo offer the
   * specimen that fits.
   */
  choosePhoto(from: PhotoSource, what: PhotoSubject): Promise<Photo | null>;
  /** False where there is no scanner. */
  readonly canScan: boolean;
  /** The text of a code, from the camera or an album picture; null when the person closes the scanner, or when there is no scanner. */
  scanCode(): Promise<string | null>;

  /** Small values that survive a restart. Reading answers undefined for what was never written. */
  readonly storage: {
    read(key: string): unknown;
    write(key: string, value: unknown): void;
    remove(key: string): void;
  };

  /** Full brightness for a code that must scan; the returned function gives the old brightness back. */
  brighten(): Promise<() => void>;
  keepScreenOn(on: boolean): void;

  isOnline(): Promise<boolean>;
  /** Tells when the network goes or comes; returns the way to stop listening. */
  onNetworkChange(listener: (online: boolean) => void): () => void;

  /** Whether messages of these kinds can be asked for here at all. */
  canNotify(kinds: readonly MessageKind[]): boolean;
  /** Must be called from a tap. Answers the kinds that were accepted; none is not an error. */
  askToNotify(kinds: readonly MessageKind[]): Promise<readonly MessageKind[]>;

  /**
   * WeChat wants the person's agreement before the first use of camera, album and the like: `ask` shows the question and
   * tells what was decided.
   */
  onPrivacyAsked(ask: (decide: (agrees: boolean) => void) => void): void;
  /** The privacy statement as it is registered with WeChat. */
  openPrivacyStatement(): void;
  screen(): { widthPx: number; pixelRatio: number };
  /** How much larger than usual the person wants text, 1–1.4. */
  textScale(): number;

  vibrate(strength: 'light' | 'heavy'): void;
  /** A short tone: high for good, low for not good. */
  beep(pitch: 'high' | 'low'): void;
  copy(text: string): Promise<void>;
  call(phone: string): void;

  /** An address that opens a page on another phone; null in WeChat, where only a mini-program code does. */
  addressOf(page: string, scene: string): string | null;
  /** Once, however often it is tapped while it opens. */
  openPage(url: string): void;
  replacePage(url: string): void;
  /** One page back; after a deep link, where there is none, to `url`. */
  backOr(url: string): void;
  /** Of the page that is shown. */
  scrollToTop(): void;
  /** Closes all pages and opens `url`. */
  backToStart(url: string): void;
}

export interface HttpRequest {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  url: string;
  headers: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  body?: unknown;
  timeoutMs: number;
}

export interface UploadRequest {
  url: string;
  headers: Readonly<Record<string, string>>;
  /** As `Photo.path`. */
  file: string;
  timeoutMs: number;
  /** 0–100 */
  onProgress?: (percent: number) => void;
}

export interface HttpAnswer {
  status: number;
  /** Names in lower case. */
  headers: Readonly<Record<string, string>>;
  /** Parsed JSON, or undefined when the answer holds none. */
  body: unknown;
}

export type SignIn = Response<Contract['POST /api/login/wechat']>;
export type WechatPayment = import('zod').infer<typeof PaymentParameters>;
export type CashierOutcome = 'done' | 'cancelled' | 'failed';

export type PhotoSource = 'camera' | 'album';
export type PhotoSubject = 'id_front' | 'id_back' | 'document';

export interface Photo {
  /** A path or URL that <Image> shows and `upload` sends. */
  path: string;
  /** bytes */
  size: number;
}

export const PHOTO_MAX_EDGE_PX = 1600;

/** No answer came: no network, a timeout, a cut connection. Whether the server acted is unknown. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** The phone refused: no permission, no camera, no sandbox. The message is for the person. */
export class PlatformError extends Error {
  override readonly name = 'PlatformError';
}
