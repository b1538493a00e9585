import { useLayoutEffect, useRef } from 'react';
import type { CodeCanvasProps } from './code-canvas';
import { drawCode } from './draw-code';

/**
 * The browser's own canvas, drawn before it is first seen. Taro's sizes its canvas again after it has been laid out,
 * which wipes off whatever was drawn until then.
 */
export function CodeCanvas({ text, size }: CodeCanvasProps) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current) drawCode(canvas.current, text, size);
  }, [text, size]);

  return <canvas ref={canvas} className="qr-code__canvas" style={{ width: size, height: size }} />;
}
