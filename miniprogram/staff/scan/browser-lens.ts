const LOOK_EVERY_MS = 150;
/** Of the square that is looked through: enough for a version 6 code that fills half of it, and quick to search. */
const EDGE_PX = 400;
/** How much of the picture's shorter side the frame on the screen shows, and somewhat more around it. */
const PART = 0.9;

export interface BrowserLens {
  close(): void;
  /** Switches the camera's light; null where it has none. @throws what the browser throws when it cannot */
  light: ((on: boolean) => Promise<void>) | null;
}

/**
 * Opens the browser's camera and looks through the middle of its picture with jsQR (loaded only when it is wanted).
 *
 * @throws when there is no camera, or it is not allowed
 */
export async function openLens(
  video: HTMLVideoElement | null,
  onCode: (text: string) => void,
): Promise<BrowserLens> {
  if (!video) throw new Error('no viewfinder');
  const [{ default: jsQR }, stream] = await Promise.all([
    import('jsqr'),
    navigator.mediaDevices.getUserMedia({
      video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 720 } },
    }),
  ]);
  video.srcObject = stream;
  await video.play();
  const pen = squareCanvas();
  const timer = setInterval(() => {
    if (!pen || video.videoWidth === 0) return;
    drawMiddle(pen, video);
    const { data } = pen.getImageData(0, 0, EDGE_PX, EDGE_PX);
    const code = jsQR(data, EDGE_PX, EDGE_PX, { inversionAttempts: 'dontInvert' });
    if (code?.data) onCode(code.data);
  }, LOOK_EVERY_MS);
  return {
    close() {
      clearInterval(timer);
      for (const track of stream.getTracks()) track.stop();
    },
    light: lightOf(stream),
  };
}

function squareCanvas(): CanvasRenderingContext2D | null {
  const canvas = document.createElement('canvas');
  canvas.width = EDGE_PX;
  canvas.height = EDGE_PX;
  return canvas.getContext('2d', { willReadFrequently: true });
}

function drawMiddle(pen: CanvasRenderingContext2D, video: HTMLVideoElement): void {
  const edge = Math.min(video.videoWidth, video.videoHeight) * PART;
  const left = (video.videoWidth - edge) / 2;
  const top = (video.videoHeight - edge) / 2;
  pen.drawImage(video, left, top, edge, edge, 0, 0, EDGE_PX, EDGE_PX);
}

/** `torch` is in Media Capture's image capture extension; TypeScript's DOM does not know it yet. */
interface WithTorch extends MediaTrackConstraintSet {
  torch: boolean;
}

function lightOf(stream: MediaStream): BrowserLens['light'] {
  const [track] = stream.getVideoTracks();
  // Firefox cannot tell what a camera is able to do.
  const abilities: object = track?.getCapabilities?.() ?? {};
  if (!track || !('torch' in abilities) || !abilities.torch) return null;
  return (on) => {
    const wanted: WithTorch = { torch: on };
    return track.applyConstraints({ advanced: [wanted] });
  };
}
