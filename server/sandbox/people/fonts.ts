import { readFileSync } from 'node:fs';
import path from 'node:path';
import { GlobalFonts } from '@napi-rs/canvas';

const PACKAGE = '@fontsource-variable/noto-sans-sc';
const SYSTEM = ['"Noto Sans CJK SC"', 'sans-serif'];

interface Slice {
  name: string;
  family: string;
  ranges: Array<{ from: number; to: number }>;
  registered: boolean;
}

let slices: Slice[] | undefined;

/**
 * A CSS font-family list that can write `text` on a machine without a Chinese font.
 *
 * The font package is cut into a hundred slices by character. Only those that the text needs are
 * registered and named: a list of all of them makes every glyph a hundred look-ups. A few characters
 * outside the package's range (䶮) need a font of the system, and are boxes without one.
 */
export function familiesFor(text: string): string {
  slices ??= listSlices();
  const points = [...new Set(text)].map((character) => character.codePointAt(0) ?? 0);
  const needed = slices.filter(({ ranges }) =>
    points.some((point) => ranges.some(({ from, to }) => from <= point && point <= to)),
  );
  for (const slice of needed) register(slice);
  return [...needed.map(({ family }) => `"${family}"`), ...SYSTEM].join(', ');
}

function directory(): string {
  return path.dirname(require.resolve(`${PACKAGE}/package.json`));
}

/** unicode.json: {"[4]": "U+1f1e9-1f1f5,U+21a,…", …, "latin": "…"} */
function listSlices(): Slice[] {
  const text = readFileSync(path.join(directory(), 'unicode.json'), 'utf8');
  return Object.entries<string>(JSON.parse(text)).map(([key, ranges]) => {
    const name = key.replace(/[[\]]/g, '');
    return {
      name,
      family: `Specimen ${name}`,
      ranges: ranges.split(',').map(parseRange),
      registered: false,
    };
  });
}

function parseRange(range: string): { from: number; to: number } {
  const [from = '', to = from] = range.trim().replace(/^U\+/i, '').split('-');
  return { from: Number.parseInt(from, 16), to: Number.parseInt(to, 16) };
}

function register(slice: Slice): void {
  if (slice.registered) return;
  const file = path.join(directory(), 'files', `noto-sans-sc-${slice.name}-wght-normal.woff2`);
  if (!GlobalFonts.registerFromPath(file, slice.family)) {
    throw new Error(`the font slice ${slice.name} cannot be read`);
  }
  slice.registered = true;
}
