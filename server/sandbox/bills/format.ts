/** Everything in a bill is text behind a backtick, so that spreadsheets leave long numbers alone. */
export function billLine(values: readonly string[]): string {
  return `\`${values.join(',`')}\r\n`;
}

/** Text that a merchant chose, without what would break a line. */
export function billText(text: string): string {
  return text.replaceAll(/[,`\r\n]/g, ' ');
}

export function headerLine(names: readonly string[]): string {
  return `${names.join(',')}\r\n`;
}

/** fen → yuan with two decimals. */
export function yuan(fen: number): string {
  const sign = fen < 0 ? '-' : '';
  const digits = String(Math.abs(fen)).padStart(3, '0');
  return `${sign}${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

/** Fees are printed with five decimals although they are whole fen. */
export function feeYuan(fen: number): string {
  return `${yuan(fen)}000`;
}

/** 60 → 0.60% */
export function rate(basisPoints: number): string {
  return `${(basisPoints / 100).toFixed(2)}%`;
}

/** Counts are printed as 45 or, on some days, as 45.0. */
export type CountStyle = 'integer' | 'decimal';

export function count(value: number, style: CountStyle): string {
  return style === 'decimal' ? `${value}.0` : String(value);
}
