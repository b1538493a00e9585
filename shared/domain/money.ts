/** Money is a whole number of fen (1 CNY = 100 fen), everywhere in code, database and API. */
export type Fen = number & { readonly __fen: true };

/** @throws RangeError unless `value` is a safe integer */
export function fen(value: number): Fen {
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a whole number of fen: ${value}`);
  return value as Fen;
}

export function sumFen(values: Iterable<number>): Fen {
  let sum = 0;
  for (const value of values) sum += value;
  return fen(sum);
}

/** 3000 → "30.00"; negative amounts keep their sign. */
export function formatYuan(value: number): string {
  const digits = String(Math.abs(value)).padStart(3, '0');
  return `${value < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/**
 * "30.00", "-30", "0.5" → fen.
 *
 * @throws RangeError on anything else, and on fractions of a fen that are not zero
 */
export function parseYuan(text: string): Fen {
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,2})(0*))?$/.exec(text);
  if (!match) throw new RangeError(`not an amount in yuan: ${text.slice(0, 20)}`);
  const [, sign, yuan, cents = ''] = match;
  const value = Number(yuan) * 100 + Number(cents.padEnd(2, '0'));
  return fen(sign === '-' && value !== 0 ? -value : value);
}
