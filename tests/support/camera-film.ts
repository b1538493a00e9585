import { mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { encode } from 'uqr';

const WIDTH = 640;
const HEIGHT = 480;
/** Of the code with its margin, in the middle of the picture. */
const EDGE_PX = 300;
const GREY = 128;
const BLACK = 16;
const WHITE = 235;

/**
 * Writes a film of one still picture, a QR code in front of a grey wall, in the format that Chromium's fake camera plays
 * (YUV4MPEG2, 4:2:0).
 *
 * @returns the file
 */
export function cameraFilmOf(text: string): string {
  const file = path.join(mkdtempSync(path.join(os.tmpdir(), 'camera-')), 'code.y4m');
  const colours = Buffer.alloc((WIDTH * HEIGHT) / 2, GREY);
  const header = Buffer.from(`YUV4MPEG2 W${WIDTH} H${HEIGHT} F15:1 Ip A1:1 C420mpeg2\nFRAME\n`);
  writeFileSync(file, Buffer.concat([header, brightnessOf(text), colours]));
  return file;
}

function brightnessOf(text: string): Buffer {
  const { data, size } = encode(text, { ecc: 'M', border: 4 });
  const modulePx = Math.floor(EDGE_PX / size);
  const left = Math.floor((WIDTH - size * modulePx) / 2);
  const top = Math.floor((HEIGHT - size * modulePx) / 2);
  const picture = Buffer.alloc(WIDTH * HEIGHT, GREY);
  for (let y = 0; y < size * modulePx; y += 1) {
    for (let x = 0; x < size * modulePx; x += 1) {
      const isDark = data[Math.floor(y / modulePx)]?.[Math.floor(x / modulePx)] === true;
      picture[(top + y) * WIDTH + left + x] = isDark ? BLACK : WHITE;
    }
  }
  return picture;
}
