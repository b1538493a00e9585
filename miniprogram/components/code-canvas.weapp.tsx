import { Canvas } from '@tarojs/components';
import Taro from '@tarojs/taro';
import { useEffect, useRef } from 'react';
import { freshId } from '../services/ids';
import type { CodeCanvasProps } from './code-canvas';
import { drawCode, type QrCanvas } from './draw-code';

export function CodeCanvas({ text, size }: CodeCanvasProps) {
  const id = useRef(`qr-${freshId()}`).current;

  useEffect(() => {
    // The node exists one tick after WeChat has laid the page out.
    Taro.nextTick(() => {
      Taro.createSelectorQuery()
        .select(`#${id}`)
        .fields({ node: true, size: true })
        .exec(([found]: [{ node?: QrCanvas } | null]) => {
          if (found?.node) drawCode(found.node, text, size);
        });
    });
  }, [id, text, size]);

  const side = `${size}px`;
  return (
    <Canvas
      type="2d"
      id={id}
      canvasId={id}
      className="qr-code__canvas"
      style={{ width: side, height: side }}
    />
  );
}
