/** How text from forms, spreadsheets and Word tables is made comparable before any rule looks at it. */

const INVISIBLE = /[\u00ad\u200b-\u200f\u2060\ufeff]/g;

/** Full-width forms become half-width (NFKC), invisible characters vanish, runs of white space become one space. */
export function tidy(text: string): string {
  return text.normalize('NFKC').replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();
}

/** White space taken away at the ends and made single inside, every other character left as it was typed. */
export function asWritten(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** As `tidy`, and without any space: for numbers and for Chinese words that were spaced out to fill a cell. */
export function compact(text: string): string {
  return tidy(text).replace(/ /g, '');
}

/** The characters a reader sees as one, so that rare Han characters outside the BMP are not cut in half. */
export function characters(text: string): string[] {
  return Array.from(text);
}

/** At most `length` characters, for quoting a cell in a message. */
export function excerpt(text: string, length = 40): string {
  const head = characters(text.slice(0, length * 2));
  return head.length <= length && text.length <= length * 2 ? text : `${head.slice(0, length).join('')}…`;
}
