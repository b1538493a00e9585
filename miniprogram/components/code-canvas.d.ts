import type { ReactElement } from 'react';

export interface CodeCanvasProps {
  text: string;
  /** Side in px, quiet zone included. */
  size: number;
}

/** code-canvas.weapp.tsx or code-canvas.h5.tsx: Taro picks the one of the build. */
export function CodeCanvas(props: CodeCanvasProps): ReactElement;
