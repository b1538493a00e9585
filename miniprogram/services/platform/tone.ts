const RATE = 8000;
const SECONDS = 0.16;
const HERTZ = { high: 1320, low: 330 };

/** A short sine tone as an 8-bit mono WAV file: none to package, none to load while offline. */
export function toneFile(pitch: 'high' | 'low'): Uint8Array<ArrayBuffer> {
  const length = Math.round(RATE * SECONDS);
  const bytes = [
    ...ascii('RIFF'),
    ...u32(36 + length),
    ...ascii('WAVEfmt '),
    ...u32(16),
    ...u16(1),
    ...u16(1),
  ];
  bytes.push(...u32(RATE), ...u32(RATE), ...u16(1), ...u16(8), ...ascii('data'), ...u32(length));
  for (let step = 0; step < length; step += 1) {
    const fade = Math.min(1, (length - step) / 200, step / 60);
    bytes.push(Math.round(128 + 100 * fade * Math.sin((2 * Math.PI * HERTZ[pitch] * step) / RATE)));
  }
  return new Uint8Array(bytes);
}

const ascii = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));
const u16 = (value: number) => [value & 255, (value >> 8) & 255];
const u32 = (value: number) => [...u16(value & 65535), ...u16(value >>> 16)];
