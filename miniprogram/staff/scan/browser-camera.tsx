import { useEffect, useRef } from 'react';

const LOOK_EVERY_MS = 150;
/** Enough for a version 6 code that fills a third of the picture, and quick to search. */
const WIDTH_PX = 480;

interface BrowserCameraProps {
  onCode(text: string): void;
  onRefused(): void;
}

/** The browser's camera, looked through with jsQR (loaded only when it is wanted). */
export function BrowserCamera({ onCode, onRefused }: BrowserCameraProps) {
  const video = useRef<HTMLVideoElement>(null);
  const told = useRef({ onCode, onRefused });
  told.current = { onCode, onRefused };

  useEffect(() => {
    let stopped = false;
    let stop: () => void = () => undefined;
    openCamera(video.current, (text) => told.current.onCode(text)).then(
      (close) => {
        if (stopped) close();
        else stop = close;
      },
      () => told.current.onRefused(),
    );
    return () => {
      stopped = true;
      stop();
    };
  }, []);

  return <video ref={video} className="scanner__camera" playsInline muted />;
}

/** @returns the way to close it @throws when there is no camera, or it is not allowed */
async function openCamera(
  video: HTMLVideoElement | null,
  onCode: (text: string) => void,
): Promise<() => void> {
  if (!video) throw new Error('no viewfinder');
  const [{ default: jsQR }, stream] = await Promise.all([
    import('jsqr'),
    navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } }),
  ]);
  video.srcObject = stream;
  await video.play();
  const canvas = document.createElement('canvas');
  const pen = canvas.getContext('2d', { willReadFrequently: true });
  const timer = setInterval(() => {
    if (!pen || video.videoWidth === 0) return;
    canvas.width = WIDTH_PX;
    canvas.height = Math.round((WIDTH_PX * video.videoHeight) / video.videoWidth);
    pen.drawImage(video, 0, 0, canvas.width, canvas.height);
    const { data } = pen.getImageData(0, 0, canvas.width, canvas.height);
    const code = jsQR(data, canvas.width, canvas.height, { inversionAttempts: 'dontInvert' });
    if (code) onCode(code.data);
  }, LOOK_EVERY_MS);
  return () => {
    clearInterval(timer);
    for (const track of stream.getTracks()) track.stop();
  };
}
