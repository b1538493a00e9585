import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const INSTALLED = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A camera that is always allowed. */
const FAKE_CAMERA = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** How long a journey waits for anything on the screen (ms): long enough for a machine that does other things too. */
export const PATIENCE_MS = 30_000;

/** The phone of all pictures and journeys: 375 × 667 px, two device pixels each. Nothing moves away under a tap. */
export const PHONE = {
  viewport: { width: 375, height: 667 },
  deviceScaleFactor: 2,
  hasTouch: true,
  isMobile: true,
  reducedMotion: 'reduce',
  locale: 'zh-CN',
  timezoneId: 'Asia/Shanghai',
} as const;

/**
 * @param cameraFilm what the browser's camera sees, a file in Chromium's y4m
 * @throws Error that says how to get a browser, when there is none
 */
export async function launchBrowser({ cameraFilm }: { cameraFilm?: string } = {}): Promise<Browser> {
  const camera = cameraFilm ? [...FAKE_CAMERA, `--use-file-for-fake-video-capture=${cameraFilm}`] : [];
  return chromium.launch({ executablePath: await findBrowser(), args: [...FLAGS, ...camera] });
}

async function findBrowser(): Promise<string> {
  const { CHROME_PATH } = process.env;
  if (CHROME_PATH) {
    if (existsSync(CHROME_PATH)) return CHROME_PATH;
    throw new Error(`CHROME_PATH is ${CHROME_PATH}, where there is no browser`);
  }
  return INSTALLED.find((path) => existsSync(path)) ?? (await packagedBrowser());
}

/** The one that @sparticuz/chromium unpacks from its npm package (Linux x64). */
async function packagedBrowser(): Promise<string> {
  try {
    const { default: packaged } = await import('@sparticuz/chromium');
    return await packaged.executablePath();
  } catch (cause) {
    throw new Error(
      'No browser was found. Install Chromium (Debian: apt-get install chromium fonts-noto-cjk) or Chrome, ' +
        'or set CHROME_PATH to one.',
      { cause },
    );
  }
}
