import { Camera, Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Notice } from '../../components';
import { staffCopy } from '../copy';
import { Aim, LightSwitch } from './aim';
import type { ScannerProps } from './scanner';
import './scanner.scss';

/** WeChat's camera reads codes as long as it is on the page: no tap between two students. */
export function Scanner({ onCode }: ScannerProps) {
  const [isRefused, setRefused] = useState(false);
  const [isLit, setLit] = useState(false);
  if (isRefused) {
    return (
      <Notice tone="warn">
        <Text>{staffCopy.scan.noCamera}</Text>
      </Notice>
    );
  }
  return (
    <View className="scanner">
      <Camera
        id="camera"
        className="scanner__camera"
        mode="scanCode"
        flash={isLit ? 'torch' : 'off'}
        onScanCode={(event) => onCode(String(event.detail.result))}
        onError={() => setRefused(true)}
      />
      <Aim />
      <LightSwitch isOn={isLit} onSwitch={() => setLit(!isLit)} />
    </View>
  );
}
