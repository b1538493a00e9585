import { z } from 'zod';
import type { CallLog } from '../call-log';
import { type CallFailure, failureOf } from './failure';

export interface IdCardImage {
  /** PNG, JPEG or BMP; ≤ 7 MB once in base64. */
  image: Buffer;
  /** front: portrait (人像面); back: national emblem (国徽面) */
  side: 'front' | 'back';
}

export interface IdCardFront {
  side: 'front';
  name: string;
  sex: string;
  nation: string;
  /** "1949-12-31", or undefined when it cannot be read as a date. */
  birth: string | undefined;
  address: string;
  idNumber: string;
}

export interface IdCardBack {
  side: 'back';
  authority: string;
  validFrom: string | undefined;
  /** "long-term" (长期) on the cards of older people. */
  validTo: string | 'long-term' | undefined;
}

/** What makes the picture doubtful, though it could be read. */
export type IdCardWarning =
  | 'border_incomplete'
  | 'copy'
  | 'reshot'
  | 'temporary_card'
  | 'covered'
  | 'edited'
  | 'glare'
  | 'black_and_white_copy'
  | 'validity_wrong'
  | 'electronic'
  | 'watermark';

/** Why nothing could be read: the first five are about the picture, and another one may help. */
export type IdCardProblem =
  | 'blurred'
  | 'no_id_card'
  | 'several_cards'
  | 'unreadable_image'
  | 'too_large'
  | 'not_recognised'
  | CallFailure;

export type IdCardReading = { requestId: string | undefined } & (
  | { ok: true; fields: IdCardFront | IdCardBack; warnings: IdCardWarning[] }
  | { ok: false; problem: IdCardProblem }
);

export type SendIdCard = (request: {
  ImageBase64: string;
  CardSide: 'FRONT' | 'BACK';
  Config: string;
}) => Promise<unknown>;

const MAX_BASE64_BYTES = 7 * 1024 * 1024;

/** A JSON text inside the JSON. */
const CONFIG = JSON.stringify({
  CopyWarn: true,
  BorderCheckWarn: true,
  ReshootWarn: true,
  DetectPsWarn: true,
  TempIdWarn: true,
  InvalidDateWarn: true,
  ReflectWarn: true,
});

const WARNINGS: ReadonlyMap<number, IdCardWarning> = new Map([
  [-9101, 'border_incomplete'],
  [-9102, 'copy'],
  [-9103, 'reshot'],
  [-9104, 'temporary_card'],
  [-9105, 'covered'],
  [-9106, 'edited'],
  [-9107, 'glare'],
  [-9108, 'black_and_white_copy'],
  [-9109, 'validity_wrong'],
  [-9110, 'electronic'],
  [-9111, 'watermark'],
]);

const PROBLEMS: ReadonlyMap<string, IdCardProblem> = new Map([
  ['FailedOperation.ImageBlur', 'blurred'],
  ['FailedOperation.ImageNoIdCard', 'no_id_card'],
  ['FailedOperation.MultiCardError', 'several_cards'],
  ['FailedOperation.ImageDecodeFailed', 'unreadable_image'],
  ['FailedOperation.EmptyImageError', 'unreadable_image'],
  ['FailedOperation.ImageSizeTooLarge', 'too_large'],
  ['LimitExceeded.TooLargeFileError', 'too_large'],
  ['FailedOperation.OcrFailed', 'not_recognised'],
  ['FailedOperation.UnKnowError', 'not_recognised'],
  ['FailedOperation.IdCardInfoIllegal', 'not_recognised'],
  ['FailedOperation.EngineRecognizeTimeout', 'busy'],
]);

export async function readIdCard(
  send: SendIdCard,
  { image, side }: IdCardImage,
  log: CallLog,
): Promise<IdCardReading> {
  const begun = performance.now();
  const ImageBase64 = image.toString('base64');
  if (ImageBase64.length > MAX_BASE64_BYTES) return failed('too_large', undefined);
  const request = { ImageBase64, CardSide: side === 'front' ? ('FRONT' as const) : ('BACK' as const) };
  const reading = await send({ ...request, Config: CONFIG }).then(
    (answer) => readingOf(answer, side),
    (error: unknown) => {
      const { failure, code, requestId } = failureOf(error);
      return failed(PROBLEMS.get(code) ?? failure, requestId);
    },
  );
  const outcome = reading.ok ? { warnings: reading.warnings } : { problem: reading.problem };
  const milliseconds = Math.round(performance.now() - begun);
  log.info({ side, ...outcome, requestId: reading.requestId, milliseconds }, 'id card ocr');
  return reading;
}

const failed = (problem: IdCardProblem, requestId: string | undefined): IdCardReading => ({
  ok: false,
  problem,
  requestId,
});

const text = z.string().default('');
const answered = z.object({
  Name: text,
  Sex: text,
  Nation: text,
  Birth: text,
  Address: text,
  IdNum: text,
  Authority: text,
  ValidDate: text,
  AdvancedInfo: z.string().default('{}'),
  RequestId: z.string().optional(),
});
const advancedInfo = z.object({ WarnInfos: z.array(z.number()).nullish() });

function readingOf(answer: unknown, side: 'front' | 'back'): IdCardReading {
  const read = answered.safeParse(answer);
  if (!read.success) return failed('no_answer', undefined);
  const { RequestId: requestId, AdvancedInfo, ...wire } = read.data;
  const warnings = warningsIn(AdvancedInfo);
  // The other side was photographed: nothing of this one is in the picture.
  if (side === 'front' ? !wire.IdNum : !wire.ValidDate) return failed('not_recognised', requestId);
  return { ok: true, fields: side === 'front' ? frontOf(wire) : backOf(wire), warnings, requestId };
}

type Wire = Omit<z.output<typeof answered>, 'RequestId' | 'AdvancedInfo'>;

const frontOf = (wire: Wire): IdCardFront => ({
  side: 'front',
  name: wire.Name,
  sex: wire.Sex,
  nation: wire.Nation,
  birth: dayIn(wire.Birth),
  address: wire.Address,
  idNumber: wire.IdNum.toUpperCase(),
});

/** "2010.07.21-2020.07.21" or "2010.07.21-长期" */
function backOf(wire: Wire): IdCardBack {
  const [from = '', to = ''] = wire.ValidDate.split('-');
  return {
    side: 'back',
    authority: wire.Authority,
    validFrom: dayIn(from),
    validTo: to.trim() === '长期' ? 'long-term' : dayIn(to),
  };
}

/** "1949/12/31", "1949.12.31" → "1949-12-31" */
function dayIn(written: string): string | undefined {
  const match = /^\s*(\d{4})[./](\d{1,2})[./](\d{1,2})\s*$/.exec(written);
  if (!match) return undefined;
  const [, year, month = '', day = ''] = match;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function warningsIn(json: string): IdCardWarning[] {
  const read = advancedInfo.safeParse(jsonOf(json));
  const numbers = read.success ? (read.data.WarnInfos ?? []) : [];
  return numbers.flatMap((number) => WARNINGS.get(number) ?? []);
}

function jsonOf(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}
