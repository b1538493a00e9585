import { encode } from 'uqr';
import { platform } from '../services/platform';

/** Light modules around the code (ISO/IEC 18004 asks for four). */
const QUIET = 4;
const MAX_PIXEL_RATIO = 3;

/** What WeChat's canvas node and the browser's have in common. */
export interface QrCanvas {
  width: number;
  height: number;
  getContext(kind: '2d'): Pick<CanvasRenderingContext2D, 'fillStyle' | 'fillRect'> | null;
}

/** @param size side in px, quiet zone included */
export function drawCode(canvas: QrCanvas, text: string, size: number): void {
  const { data, size: modules } = encode(text, { ecc: 'M', border: 0 });
  // Whole pixels a module, or neighbouring modules bleed into grey seams.
  const ratio = Math.min(MAX_PIXEL_RATIO, Math.ceil(platform.screen().pixelRatio));
  const module = Math.max(1, Math.floor((size * ratio) / (modules + 2 * QUIET)));
  const side = size * ratio;
  const start = Math.floor((side - module * modules) / 2);
  canvas.width = side;
  canvas.height = side;
  const context = canvas.getContext('2d');
  if (!context) return;
  context.fillStyle = '#ffffff';
  context.fillRect(0, 0, side, side);
  context.fillStyle = '#000000';
  data.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) context.fillRect(start + x * module, start + y * module, module, module);
    });
  });
}
