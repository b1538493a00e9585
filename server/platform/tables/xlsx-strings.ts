import { readWholeXml } from './read-xml';

/** The texts that a workbook keeps once and its cells name by number. */
export interface SharedStrings {
  /** "" for a number that there is not */
  at(index: number): string;
}

/**
 * Kept as UTF-8 in few large buffers, not as hundreds of thousands of strings: half a million names and numbers are
 * some 10 MB.
 */
export async function readSharedStrings(pieces: AsyncIterable<Buffer>): Promise<SharedStrings> {
  const texts = new TextStore();
  let text = '';
  let isWanted = false;
  let inPhonetic = false;
  await readWholeXml(pieces, {
    open(name) {
      if (name === 'si') text = '';
      else if (name === 'rPh') inPhonetic = true;
      else if (name === 't') isWanted = !inPhonetic;
    },
    text(part) {
      if (isWanted) text += part;
    },
    close(name) {
      if (name === 'si') texts.add(decodeEscapes(text));
      else if (name === 'rPh') inPhonetic = false;
      else if (name === 't') isWanted = false;
    },
  });
  return texts;
}

/** `_x000D_` is how spreadsheets write what XML cannot hold. */
export function decodeEscapes(text: string): string {
  if (!text.includes('_x')) return text;
  return text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) =>
    String.fromCharCode(Number.parseInt(code, 16)),
  );
}

const BLOCK = 1024 * 1024;

class TextStore implements SharedStrings {
  private readonly blocks: Buffer[] = [];
  private used = BLOCK;
  /** Where each text begins: block × 2^32 + offset, and its length, in turn */
  private places = new Float64Array(1024);
  private count = 0;

  add(text: string): void {
    const size = Buffer.byteLength(text);
    if (this.used + size > BLOCK) {
      this.blocks.push(Buffer.allocUnsafeSlow(Math.max(BLOCK, size)));
      this.used = 0;
    }
    const block = this.blocks.length - 1;
    this.blocks[block]?.write(text, this.used);
    if (this.count * 2 === this.places.length) this.grow();
    this.places[this.count * 2] = block * 2 ** 32 + this.used;
    this.places[this.count * 2 + 1] = size;
    this.count += 1;
    this.used = size > BLOCK ? BLOCK : this.used + size;
  }

  at(index: number): string {
    if (!Number.isInteger(index) || index < 0 || index >= this.count) return '';
    const place = this.places[index * 2] ?? 0;
    const start = place % 2 ** 32;
    const size = this.places[index * 2 + 1] ?? 0;
    return this.blocks[Math.floor(place / 2 ** 32)]?.toString('utf8', start, start + size) ?? '';
  }

  private grow(): void {
    const larger = new Float64Array(this.places.length * 2);
    larger.set(this.places);
    this.places = larger;
  }
}
