import { Canvas, View } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useEffect, useRef } from 'react';
import { encode } from 'uqr';
import { freshId } from '../services/ids';
import { platform } from '../services/platform';
import { a11y } from './a11y';
import './qr-code.scss';

/** Light modules around the code (ISO/IEC 18004 asks for four). */
const QUIET = 4;
const MAX_PIXEL_RATIO = 3;

interface QrCodeProps {
  text: string;
  /** Side in px, quiet zone included. */
  size: number;
  label: string;
}

/** A QR code, black on white in any theme: scanners want contrast. */
export function QrCode({ text, size, label }: QrCodeProps) {
  const id = useRef(`qr-${freshId()}`).current;

  useEffect(() => {
    // The node exists one tick after WeChat has laid the page out.
    Taro.nextTick(() => {
      Taro.createSelectorQuery()
        .select(`#${id}`)
        .fields({ node: true, size: true })
        .exec(([found]: [{ node?: QrCanvas } | null]) => {
          if (found?.node) draw(found.node, text, size);
        });
    });
  }, [id, text, size]);

  const side = `${size}px`;
  return (
    <View className="qr-code" {...a11y('img', { label })} style={{ width: side, height: side }}>
      <Canvas
        type="2d"
        id={id}
        canvasId={id}
        className="qr-code__canvas"
        style={{ width: side, height: side }}
      />
    </View>
  );
}

/** What WeChat's canvas node and the browser's have in common. */
interface QrCanvas {
  width: number;
  height: number;
  getContext(kind: '2d'): Pick<CanvasRenderingContext2D, 'fillStyle' | 'fillRect'> | null;
}

function draw(canvas: QrCanvas, text: string, size: number): void {
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
