import { randomBytes } from 'node:crypto';

/** Identity is passed in, so that a test can foresee it. */
export interface Ids {
  /** 24 hexadecimal characters that grow with time: a database id. */
  id(): string;
  /** Unguessable, 32 of [0-9A-Za-z]: an out_trade_no or out_refund_no. Never a sequence. */
  number(): string;
}

const ALPHABET = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** `length` characters, each drawn evenly. */
export function randomText(length: number, alphabet = ALPHABET): string {
  const fair = 256 - (256 % alphabet.length);
  let text = '';
  while (text.length < length) {
    for (const byte of randomBytes(length)) {
      if (byte < fair && text.length < length) text += alphabet[byte % alphabet.length];
    }
  }
  return text;
}

export const randomIds: Ids = {
  id: () =>
    Math.floor(Date.now() / 1000)
      .toString(16)
      .padStart(8, '0') + randomBytes(8).toString('hex'),
  number: () => randomText(32),
};
