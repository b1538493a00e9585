const RATE = 8000;
const SECONDS = 0.16;
const HERTZ = { high: 1320, low: 330 };

const made: Partial<Record<'high' | 'low', string>> = {};

/** A short sine tone as a data URL (8-bit mono WAV): no sound file to package, none to load while offline. */
export function tone(pitch: 'high' | 'low'): string {
  made[pitch] ??= makeTone(pitch);
  return made[pitch];
}

function makeTone(pitch: 'high' | 'low'): string {
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
  return `data:audio/wav;base64,${base64(bytes)}`;
}

const ascii = (text: string) => Array.from(text, (letter) => letter.charCodeAt(0));
const u16 = (value: number) => [value & 255, (value >> 8) & 255];
const u32 = (value: number) => [...u16(value & 65535), ...u16(value >>> 16)];

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/';

/** Mini-programs have no btoa. */
function base64(bytes: readonly number[]): string {
  let text = '';
  for (let index = 0; index < bytes.length; index += 3) {
    const group = ((bytes[index] ?? 0) << 16) | ((bytes[index + 1] ?? 0) << 8) | (bytes[index + 2] ?? 0);
    const letters = [18, 12, 6, 0].map((shift) => ALPHABET.charAt((group >> shift) & 63));
    const missing = Math.max(0, index + 3 - bytes.length);
    text += letters.slice(0, 4 - missing).join('') + '='.repeat(missing);
  }
  return text;
}
