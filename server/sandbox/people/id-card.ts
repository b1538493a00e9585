import { type Canvas, createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import { encode } from 'uqr';
import { type CardSide, encodeStrip } from './card-strip';
import { familiesFor } from './fonts';

/** Pictures that a phone may really take. */
export const pictureFaults = ['blurred', 'copy', 'glare', 'wrong-side', 'not-a-card'] as const;
export type PictureFault = (typeof pictureFaults)[number];

/** The picture's size in px; the ID-1 format's 85.6 : 54. */
const WIDTH = 1280;
const HEIGHT = 808;
const STRIP = { x: 716, y: 132, size: 528 };
const MARGIN = 64;
const INK = '#1c1c1c';
const LABEL = '#2f6f9f';
const SMALL_WATERMARK = '样本 非真实证件 仅供演示 样本 非真实证件';
const JPEG_QUALITY = 88;
/** Out of focus: no more detail than this many px across. */
const BLURRED_WIDTH = 40;

/**
 * Draws one side of a specimen card, marked 样本 all over. Where a real card has the portrait, it
 * carries its data as a QR code, which is what the sandbox's OCR reads.
 *
 * @returns JPEG, 1280 × 808 px
 */
export function drawCard(card: CardSide, fault?: Exclude<PictureFault, 'wrong-side'>): Buffer {
  if (fault === 'not-a-card') return drawDesk().toBuffer('image/jpeg', JPEG_QUALITY);
  const canvas = createCanvas(WIDTH, HEIGHT);
  const pen = canvas.getContext('2d');
  drawGround(pen);
  drawWatermark(pen);
  if (card.side === 'front') drawFront(pen, card);
  else drawBack(pen, card);
  drawStrip(pen, encodeStrip(card));
  if (fault === 'glare') drawGlare(pen);
  return spoil(canvas, fault).toBuffer('image/jpeg', JPEG_QUALITY);
}

function drawGround(pen: SKRSContext2D): void {
  const ground = pen.createLinearGradient(0, 0, WIDTH, HEIGHT);
  ground.addColorStop(0, '#dcebf5');
  ground.addColorStop(0.5, '#f3e9ef');
  ground.addColorStop(1, '#d9efe6');
  pen.fillStyle = ground;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.strokeStyle = 'rgba(70, 130, 160, 0.16)';
  pen.lineWidth = 2;
  for (let wave = -2; wave < 26; wave += 1) {
    pen.beginPath();
    for (let x = 0; x <= WIDTH; x += 16) {
      pen.lineTo(x, wave * 34 + 22 * Math.sin(x / 90 + wave));
    }
    pen.stroke();
  }
}

function drawWatermark(pen: SKRSContext2D): void {
  pen.save();
  pen.translate(WIDTH * 0.3, HEIGHT * 0.55);
  pen.rotate(-0.42);
  pen.textAlign = 'center';
  pen.fillStyle = 'rgba(200, 40, 40, 0.20)';
  print(pen, '样 本', 0, 90, 'bold 300px');
  pen.fillStyle = 'rgba(200, 40, 40, 0.30)';
  for (const y of [-330, -230, 170, 270]) print(pen, SMALL_WATERMARK, 0, y, '34px');
  pen.restore();
}

function drawFront(pen: SKRSContext2D, card: Extract<CardSide, { side: 'front' }>): void {
  const [year = '', month = '', day = ''] = card.birth.split('-');
  write(pen, '姓名', card.name, 130, card.name.length > 9 ? 30 : 46);
  write(pen, '性别', card.sex, 220);
  label(pen, '民族', 300, 220);
  value(pen, card.nation, 400, 220);
  write(pen, '出生', `${year}年${Number(month)}月${Number(day)}日`, 310);
  label(pen, '住址', MARGIN, 400);
  wrap(card.address, 12).forEach((line, place) => {
    value(pen, line, MARGIN + 110, 400 + place * 58, 40);
  });
  label(pen, '公民身份号码', MARGIN, 720);
  value(pen, card.idNumber, MARGIN + 230, 724, 46);
}

function drawBack(pen: SKRSContext2D, card: Extract<CardSide, { side: 'back' }>): void {
  pen.fillStyle = '#a33';
  print(pen, '居民身份证（样本）', MARGIN, 180, 'bold 62px');
  label(pen, '签发机关', MARGIN, 560);
  wrap(card.authority, 10).forEach((line, place) => {
    value(pen, line, MARGIN + 170, 560 + place * 56, 42);
  });
  label(pen, '有效期限', MARGIN, 710);
  value(pen, card.validity, MARGIN + 170, 712, 42);
}

function write(pen: SKRSContext2D, name: string, text: string, y: number, size = 46): void {
  label(pen, name, MARGIN, y);
  value(pen, text, MARGIN + 110, y, size);
}

function label(pen: SKRSContext2D, text: string, x: number, y: number): void {
  pen.fillStyle = LABEL;
  print(pen, text, x, y, '32px');
}

function value(pen: SKRSContext2D, text: string, x: number, y: number, size = 46): void {
  pen.fillStyle = INK;
  print(pen, text, x, y, `${size}px`);
}

function print(pen: SKRSContext2D, text: string, x: number, y: number, font: string): void {
  pen.font = `${font} ${familiesFor(text)}`;
  pen.fillText(text, x, y);
}

function wrap(text: string, length: number): string[] {
  const characters = [...text];
  const lines = Math.ceil(characters.length / length);
  return Array.from({ length: lines }, (_, line) =>
    characters.slice(line * length, (line + 1) * length).join(''),
  );
}

function drawStrip(pen: SKRSContext2D, text: string): void {
  const { data, size } = encode(text, { ecc: 'M', border: 3 });
  const module = Math.floor(STRIP.size / size);
  const edge = module * size;
  pen.fillStyle = '#fff';
  pen.fillRect(STRIP.x, STRIP.y, edge, edge);
  pen.fillStyle = '#000';
  data.forEach((row, y) => {
    row.forEach((dark, x) => {
      if (dark) pen.fillRect(STRIP.x + x * module, STRIP.y + y * module, module, module);
    });
  });
}

/** A lamp's reflection over the printed text. */
function drawGlare(pen: SKRSContext2D): void {
  const light = pen.createRadialGradient(340, 340, 60, 340, 340, 380);
  light.addColorStop(0, 'rgba(255, 255, 255, 1)');
  light.addColorStop(0.7, 'rgba(255, 255, 255, 0.98)');
  light.addColorStop(1, 'rgba(255, 255, 255, 0)');
  pen.fillStyle = light;
  pen.fillRect(0, 0, WIDTH, HEIGHT);
}

function spoil(canvas: Canvas, fault: PictureFault | undefined): Canvas {
  if (fault === 'blurred') return stretch(stretch(canvas, BLURRED_WIDTH), WIDTH);
  if (fault !== 'copy') return canvas;
  const copy = createCanvas(WIDTH, HEIGHT);
  const pen = copy.getContext('2d');
  pen.filter = 'grayscale(1)';
  pen.drawImage(canvas, 0, 0);
  return copy;
}

function stretch(canvas: Canvas, width: number): Canvas {
  const stretched = createCanvas(width, Math.round((width * HEIGHT) / WIDTH));
  const pen = stretched.getContext('2d');
  pen.imageSmoothingEnabled = true;
  pen.imageSmoothingQuality = 'high';
  pen.drawImage(canvas, 0, 0, stretched.width, stretched.height);
  return stretched;
}

/** A sharp picture of something else: a notebook on a desk. */
function drawDesk(): Canvas {
  const canvas = createCanvas(WIDTH, HEIGHT);
  const pen = canvas.getContext('2d');
  pen.fillStyle = '#8a5a33';
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.fillStyle = '#f7f3dc';
  pen.fillRect(260, 110, 760, 600);
  pen.fillStyle = '#35506e';
  for (let y = 170; y < 700; y += 44) pen.fillRect(300, y, 680, 3);
  pen.fillStyle = INK;
  print(pen, '课堂笔记：这不是一张证件', 320, 160, '44px');
  return canvas;
}
