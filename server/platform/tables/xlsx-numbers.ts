import type { CellFlaw } from '../../../shared/domain/pasted-table';
import { addDays } from '../../../shared/domain/time';
import { readWholeXml } from './read-xml';

/** What a number format makes of a number: a day, a time of day, both, leading zeros, or nothing of the kind. */
export type Meaning = 'number' | 'day' | 'time' | 'day_and_time' | { zeros: number };

/** The meanings of the cell styles of a workbook, by style number. */
export async function readMeanings(pieces: AsyncIterable<Buffer>): Promise<readonly Meaning[]> {
  const codes = new Map<number, string>();
  const meanings: Meaning[] = [];
  let inCellFormats = false;
  await readWholeXml(pieces, {
    open(name, { numFmtId = '', formatCode = '' }) {
      if (name === 'numFmt') codes.set(Number(numFmtId), formatCode);
      else if (name === 'cellXfs') inCellFormats = true;
      else if (name === 'xf' && inCellFormats) meanings.push(meaningOf(Number(numFmtId), codes));
    },
    close(name) {
      if (name === 'cellXfs') inCellFormats = false;
    },
  });
  return meanings;
}

function meaningOf(id: number, codes: ReadonlyMap<number, string>): Meaning {
  const code = codes.get(id);
  if (code !== undefined) return meaningOfCode(code);
  if (id === 22) return 'day_and_time';
  // 27–36 and 50–58 are the days and times of East Asian versions.
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || id === 55 || id === 56) return 'time';
  if (id >= 45 && id <= 47) return 'time';
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 36) || (id >= 50 && id <= 58)) return 'day';
  return 'number';
}

function meaningOfCode(code: string): Meaning {
  const [first = ''] = code.split(';');
  const bare = first
    .replace(/"[^"]*"|\\.|_./g, '')
    .replace(/\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .toLowerCase();
  if (/^0{2,}$/.test(bare)) return { zeros: bare.length };
  const hasDay = /[yd年日]/.test(bare);
  const hasTime = /[hs]/.test(bare);
  if (hasDay && hasTime) return 'day_and_time';
  if (hasTime) return 'time';
  return hasDay || /^m{1,5}$/.test(bare) ? 'day' : 'number';
}

/**
 * A number as a reader of the sheet sees it: 44884.354 in a cell of days and times is 2022-11-19 08:30.
 *
 * @param raw as it stands in the file
 * @returns with a flaw for a number of more than 15 digits: Excel has replaced the others by zeros
 */
export function numberText(
  raw: string,
  meaning: Meaning,
  epoch1904: boolean,
): { text: string; flaw?: CellFlaw } {
  const value = Number(raw);
  if (raw.trim() === '' || !Number.isFinite(value)) return { text: raw };
  if (typeof meaning === 'string' && meaning !== 'number') {
    const days = epoch1904 ? value + DAYS_1904 : value;
    return days >= 0 && days < LAST_SERIAL ? { text: instantText(days, meaning) } : { text: raw };
  }
  if (Number.isInteger(value)) {
    const digits = BigInt(value).toString();
    if (Math.abs(value) >= LARGEST_EXACT) return { text: digits, flaw: 'digits_lost' };
    return { text: typeof meaning === 'object' ? digits.padStart(meaning.zeros, '0') : digits };
  }
  // Excel shows 15 digits; what a double has beyond them is noise.
  return { text: String(Number(value.toPrecision(15))) };
}

const LARGEST_EXACT = 1e15;
const DAYS_1904 = 1462;
/** 9999-12-31 */
const LAST_SERIAL = 2_958_466;
/** The first day that Excel counts right: before it there is a 29 February 1900 that never was. */
const MARCH_1900 = 60;

function instantText(serial: number, meaning: 'day' | 'time' | 'day_and_time'): string {
  const seconds = Math.round(serial * 86_400);
  const days = Math.floor(seconds / 86_400);
  const day = addDays('1899-12-30', days < MARCH_1900 ? days + 1 : days);
  const time = clock(seconds % 86_400);
  if (meaning === 'time' || (days === 0 && serial > 0)) return time;
  return meaning === 'day_and_time' || seconds % 86_400 > 0 ? `${day} ${time}` : day;
}

function clock(seconds: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const time = `${two(seconds / 3600)}:${two((seconds / 60) % 60)}`;
  return seconds % 60 > 0 ? `${time}:${two(seconds % 60)}` : time;
}
