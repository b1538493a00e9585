import { View } from '@tarojs/components';
import { a11y } from './a11y';
import { CodeCanvas } from './code-canvas';
import './qr-code.scss';

interface QrCodeProps {
  text: string;
  /** Side in px, quiet zone included. */
  size: number;
  label: string;
}

/** A QR code, black on white in any theme: scanners want contrast. */
export function QrCode({ text, size, label }: QrCodeProps) {
  const side = `${size}px`;
  return (
    <View className="qr-code" {...a11y('img', { label })} style={{ width: side, height: side }}>
      <CodeCanvas text={text} size={size} />
    </View>
  );
}
