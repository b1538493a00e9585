import { createCanvas } from '@napi-rs/canvas';
import { encode } from 'uqr';
import { z } from 'zod';
import { jsonOf } from '../http/body';
import { WechatError } from './errors';

const request = z.object({
  scene: z.string(),
  page: z.string().optional(),
  check_path: z.boolean().optional(),
  env_version: z.enum(['release', 'trial', 'develop']).optional(),
  width: z.number().int().optional(),
  is_hyaline: z.boolean().optional(),
});

const SCENE = /^[0-9A-Za-z!#$&'()*+,/:;=?@\-._~]{1,32}$/;
const USUAL_WIDTH = 430;

/**
 * `POST /wxa/getwxacodeunlimit`: a picture of a code for a page. The real one is round; this one is a
 * QR code with the same content, so that a camera can follow it.
 *
 * @returns PNG
 */
export function drawWxaCode(rawBody: Buffer, appid: string): Buffer {
  const parsed = request.safeParse(jsonOf(rawBody));
  if (!parsed.success) throw new WechatError(47001, 'data format error');
  const { scene, page = 'pages/index/index', width = USUAL_WIDTH } = parsed.data;
  if (!SCENE.test(scene))
    throw new WechatError(40169, 'invalid length for scene, or the data is not json string');
  if (page.startsWith('/') || page.includes('?')) throw new WechatError(41030, 'invalid page');
  if (width < 280 || width > 1280) throw new WechatError(40097, 'invalid args');
  return drawQr(`wxacode://${appid}/${page}?scene=${encodeURIComponent(scene)}`, width);
}

function drawQr(text: string, width: number): Buffer {
  const { data, size } = encode(text, { ecc: 'Q', border: 4 });
  const canvas = createCanvas(width, width);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#fff';
  pen.fillRect(0, 0, width, width);
  pen.fillStyle = '#000';
  const module = Math.floor(width / size);
  const margin = Math.floor((width - module * size) / 2);
  data.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) pen.fillRect(margin + x * module, margin + y * module, module, module);
    });
  });
  return canvas.toBuffer('image/png');
}
