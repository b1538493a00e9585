import { useEffect, useRef, useState } from 'react';
import { LightSwitch } from './aim';
import { type BrowserLens, openLens } from './browser-lens';

interface BrowserCameraProps {
  onCode(text: string): void;
  onRefused(): void;
}

/** The browser's camera as a viewfinder, with its light where it has one. */
export function BrowserCamera({ onCode, onRefused }: BrowserCameraProps) {
  const video = useRef<HTMLVideoElement>(null);
  const told = useRef({ onCode, onRefused });
  told.current = { onCode, onRefused };
  const [lens, setLens] = useState<BrowserLens | null>(null);
  const [isLit, setLit] = useState(false);

  useEffect(() => {
    let stopped = false;
    let stop: () => void = () => undefined;
    openLens(video.current, (text) => told.current.onCode(text)).then(
      (opened) => {
        if (stopped) opened.close();
        else {
          stop = opened.close;
          setLens(opened);
        }
      },
      () => told.current.onRefused(),
    );
    return () => {
      stopped = true;
      stop();
    };
  }, []);

  const light = lens?.light;
  return (
    <>
      <video ref={video} className="scanner__camera" playsInline muted />
      {light ? (
        <LightSwitch isOn={isLit} onSwitch={() => void light(!isLit).then(() => setLit(!isLit))} />
      ) : null}
    </>
  );
}
