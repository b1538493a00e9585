import { createCanvas, type ImageData, loadImage } from '@napi-rs/canvas';
import jsQR from 'jsqr';
import { type CardSide, decodeStrip } from './card-strip';

/** What a look at a picture finds. */
export interface CardPicture {
  card: CardSide | undefined;
  /** Too soft to read anything. */
  blurred: boolean;
  /** Hardly any colour: a photocopy. */
  colourless: boolean;
  /** A burnt-out patch on the card. */
  glare: boolean;
}

/** Widths (px) at which the code is looked for: small ones are fast, the picture's own is the last resort. */
const WIDTHS = [640, 960];
/** The steepest step between neighbours in a picture that is in focus. */
const LEAST_EDGE = 60;
/** Mean spread of the colour channels; a card in colour has 4 and more, a copy none. */
const LEAST_COLOUR = 2;
const BURNT = 250;
const MOST_BURNT = 0.09;

/**
 * Reads a photographed card: the code for the text, the pixels for the picture's faults.
 *
 * @param picture JPEG, PNG or WebP
 * @returns undefined when the bytes are no picture
 */
export async function readCard(picture: Buffer): Promise<CardPicture | undefined> {
  const image = await loadImage(picture).catch(() => undefined);
  if (!image || image.width === 0) return undefined;
  const at = (width: number) => {
    const scale = width / image.width;
    const canvas = createCanvas(width, Math.max(1, Math.round(image.height * scale)));
    const pen = canvas.getContext('2d');
    pen.drawImage(image, 0, 0, canvas.width, canvas.height);
    return pen.getImageData(0, 0, canvas.width, canvas.height);
  };
  const small = at(Math.min(image.width, 640));
  return { card: findCard(image.width, at), ...appearance(small) };
}

function findCard(ownWidth: number, at: (width: number) => ImageData): CardSide | undefined {
  const widths = [...WIDTHS.filter((width) => width < ownWidth), ownWidth];
  for (const width of widths) {
    const pixels = at(width);
    const code = jsQR(pixels.data, pixels.width, pixels.height, { inversionAttempts: 'dontInvert' });
    const card = code ? decodeStrip(Buffer.from(code.binaryData).toString('utf8')) : undefined;
    if (card) return card;
  }
  return undefined;
}

function appearance({ data, width, height }: ImageData): Omit<CardPicture, 'card'> {
  let colour = 0;
  let sharpest = 0;
  let burnt = 0;
  const channel = (pixel: number, offset: number) => data[pixel * 4 + offset] ?? 0;
  for (let pixel = 0; pixel + width < width * height; pixel += 1) {
    const red = channel(pixel, 0);
    const green = channel(pixel, 1);
    const blue = channel(pixel, 2);
    colour += Math.max(red, green, blue) - Math.min(red, green, blue);
    sharpest = Math.max(sharpest, Math.abs(green - channel(pixel + 1, 1)));
    // The code's own white is on the right; a reflection that matters hides the text on the left.
    if (pixel % width < width / 2 && Math.min(red, green, blue) >= BURNT) burnt += 1;
  }
  const pixels = width * height;
  return {
    blurred: sharpest < LEAST_EDGE,
    colourless: colour / pixels < LEAST_COLOUR,
    glare: burnt / (pixels / 2) > MOST_BURNT,
  };
}
