import type { ReactElement } from 'react';

export interface ScannerProps {
  /** Called for every code that is seen; the same code in view is told again and again. */
  onCode(text: string): void;
  /** Called for a code that was typed, pasted or read by a hardware scanner: once, on purpose. */
  onEntered(text: string): void;
}

/** scanner.weapp.tsx or scanner.h5.tsx: Taro picks the one of the build. */
export function Scanner(props: ScannerProps): ReactElement;
