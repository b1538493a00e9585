import { Text, View } from '@tarojs/components';
import { useState } from 'react';
import { Button, Field, Icon, Notice } from '../../components';
import { staffCopy } from '../copy';
import { Aim } from './aim';
import { BrowserCamera } from './browser-camera';
import type { ScannerProps } from './scanner';
import './scanner.scss';
import { useKeyboardScanner } from './use-keyboard-scanner';

const words = staffCopy.scan;

/**
 * In a browser: a hardware scanner, which types like a keyboard and ends with Enter, a pasted code, or the camera.
 */
export function Scanner({ onCode, onEntered }: ScannerProps) {
  const [text, setText] = useState('');
  const [usesCamera, setUsesCamera] = useState(false);
  const [isRefused, setRefused] = useState(false);
  useKeyboardScanner(onEntered);

  const submit = () => {
    const scanned = text.trim();
    setText('');
    if (scanned !== '') onEntered(scanned);
  };
  const refuse = () => {
    setUsesCamera(false);
    setRefused(true);
  };

  return (
    <View>
      {usesCamera ? (
        <View className="scanner">
          <BrowserCamera onCode={onCode} onRefused={refuse} />
          <Aim />
        </View>
      ) : null}
      {isRefused ? (
        <Notice tone="warn">
          <Text>{words.noCamera}</Text>
        </Notice>
      ) : null}
      <Field
        name="scanned"
        label={words.paste}
        value={text}
        onInput={setText}
        maxLength={2000}
        focus={!usesCamera}
        onConfirm={submit}
      />
      <Button id="toggle-camera" kind="secondary" onTap={() => setUsesCamera(!usesCamera)}>
        <Icon name="camera" />
        <Text>{usesCamera ? words.cameraOff : words.camera}</Text>
      </Button>
    </View>
  );
}
